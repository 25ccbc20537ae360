package main

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda"
)

type event struct {
	Name string `json:"name"`
}

func hello(_ context.Context, e event) (map[string]string, error) {
	return map[string]string{"message": "Hello, " + e.Name}, nil
}

func main() {
	lambda.Start(hello)
}
