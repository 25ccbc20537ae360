// Greeter is an application that is built on Sparta: two functions in one program, and an API for one of them.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"

	"github.com/aws/aws-lambda-go/events"
	sparta "github.com/mweagle/Sparta/v3"
)

type answer struct {
	Message string `json:"message"`
}

func hello(_ context.Context, request events.APIGatewayProxyRequest) (answer, error) {
	name := request.QueryStringParameters["name"]
	if name == "" {
		name = "world"
	}
	return answer{Message: "Hello, " + name}, nil
}

func goodbye(_ context.Context, request map[string]string) (answer, error) {
	return answer{Message: "Goodbye, " + request["name"]}, nil
}

func service() error {
	helloFn, err := sparta.NewAWSLambda("Hello", hello, sparta.IAMRoleDefinition{})
	if err != nil {
		return err
	}
	// A role that the stack brings along, with what this function may do besides writing its log.
	goodbyeFn, err := sparta.NewAWSLambda("Goodbye", goodbye, sparta.IAMRoleDefinition{
		Privileges: []sparta.IAMRolePrivilege{{Actions: []string{"s3:ListAllMyBuckets"}, Resource: "*"}},
	})
	if err != nil {
		return err
	}
	api := sparta.NewAPIGateway("Greeter", sparta.NewStage("v1"))
	resource, err := api.NewResource("/hello", helloFn)
	if err != nil {
		return err
	}
	if _, err := resource.NewMethod("GET", http.StatusOK, http.StatusOK); err != nil {
		return err
	}
	return sparta.Main("Greeter", "Says hello and goodbye", []*sparta.LambdaAWSInfo{helloFn, goodbyeFn}, api, nil)
}

func main() {
	if err := service(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
