// Judges the request in a file and prints the answer: go run ./example ../case.json
package main

import (
	"fmt"
	"os"

	"svar.example/svar"
)

func main() {
	request, err := os.ReadFile(os.Args[1])
	if err == nil {
		err = judge(string(request))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func judge(request string) error {
	policy, err := svar.Builtin()
	if err != nil {
		return err
	}
	answer, err := policy.Ask("validate", request)
	fmt.Println(answer)
	return err
}
