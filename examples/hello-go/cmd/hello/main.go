package main

import (
	"context"
	"log"
	"os"

	"github.com/aws/aws-lambda-go/lambda"
)

type event struct {
	Name string `json:"name"`
}

type greeting struct {
	Message string `json:"message"`
}

func hello(_ context.Context, e event) (greeting, error) {
	return greeting{Message: "Hello, " + e.Name}, nil
}

func goodbye(_ context.Context, e event) (greeting, error) {
	return greeting{Message: "Goodbye, " + e.Name}, nil
}

func main() {
	switch handler := os.Getenv("_HANDLER"); handler {
	case "hello":
		lambda.Start(hello)
	case "goodbye":
		lambda.Start(goodbye)
	default:
		log.Fatalf("there is no handler %q", handler)
	}
}
