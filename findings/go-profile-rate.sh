#!/usr/bin/env bash
# Go 1.26.8, runtime/pprof on Linux: a CPU profile at a higher rate than the kernel's ticks has less time than was spent
#
# A program spends 500 ms of CPU time, by getrusage, and is profiled at 100, 250, 500 and 1000 Hz.
#
# Expected: about 500 ms at each rate.
# Seen:     500 ms, 496 ms, 248 ms and 125 ms, on a kernel of 250 ticks a second (CONFIG_HZ=250). Timers of a thread's CPU time are
#           looked at with each tick, and Go counts one period for each signal, however many have passed. Each rate but 100 Hz
#           also brings a warning on stderr, as StartCPUProfile sets its own.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
printf 'module rate\n\ngo 1.21\n' > go.mod
cat > main.go << 'GO'
package main

import (
	"os"
	"runtime"
	"runtime/pprof"
	"strconv"
	"syscall"
	"time"
)

var sum float64

func used() time.Duration {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

func main() {
	hz, _ := strconv.Atoi(os.Args[1])
	file, _ := os.Create("cpu.pprof")
	if hz != 100 {
		runtime.SetCPUProfileRate(hz)
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		panic(err)
	}
	for end := used() + 500*time.Millisecond; used() < end; {
		for at := 0; at < 100000; at++ {
			sum += float64(at) * 1.5
		}
	}
	pprof.StopCPUProfile()
}
GO
go build -o rate .
for hz in 100 250 500 1000; do
  ./rate "$hz" 2> warning
  total=$(go tool pprof -top -unit=ms cpu.pprof 2>&1 | grep -o 'Total samples = [0-9.a-z]*')
  echo "$hz Hz, 500 ms spent: $total. $(cat warning)"
done
