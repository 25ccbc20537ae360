/** A service of functions in Go, some of which spend their time where an event says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../local/fixtures/go', name), 'utf8');

/** `spend` is milliseconds of CPU time, whatever else runs. */
const MAIN = `package main

import (
	"context"
	"os"
	"syscall"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
)

type order struct {
	Spend int
	Wait  int
	Do    string
}

var sum float64

func used() time.Duration {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

//go:noinline
func priceOf(order order) {
	for end := used() + time.Duration(order.Spend)*time.Millisecond; used() < end; {
		for at := 0; at < 100000; at++ {
			sum += float64(at) * 1.5
		}
	}
}

func handle(_ context.Context, order order) (map[string]any, error) {
	switch order.Do {
	case "panic":
		panic("no such order")
	case "exit":
		os.Exit(3)
	}
	priceOf(order)
	time.Sleep(time.Duration(order.Wait) * time.Millisecond)
	_, err := os.Stat("bootstrap")
	return map[string]any{"said": "first", "beside": err == nil, "asked": os.Getenv("_SPARTA_PROFILE")}, nil
}

func main() { lambda.Start(handle) }
`;

const functionOf = (CodeUri: string, more: object = {}): object => ({
  Type: 'AWS::Serverless::Function',
  Properties: { CodeUri, Handler: 'bootstrap', Runtime: 'provided.al2023', Timeout: 5 },
  ...more,
});

export const GO_FILES = {
  'template.json': JSON.stringify({
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: {
      TakeOrder: functionOf('take-order', { Metadata: { BuildMethod: 'go1.x' } }),
      Ready: functionOf('ready'),
    },
  }),
  'take-order/main.go': MAIN,
  'take-order/go.mod': fixture('go.mod'),
  'take-order/go.sum': fixture('go.sum'),
  // Somebody else has compiled it.
  'ready/bootstrap': '#!/bin/sh\nexit 1\n',
};
