// Judges a reply and writes another, for the case in a file. Prints what `svar validate` and `svar draft` print:
// go run ./example ../case.json
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"svar.example/svar"
)

const reply = "Hei Jonas! 🙃 Du burde ha lest driftsmeldingene. Hilsen Ida"

func main() {
	facts, err := os.ReadFile(os.Args[1])
	if err == nil {
		err = judgeAndWrite(facts)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func judgeAndWrite(facts json.RawMessage) error {
	policy, err := svar.Builtin()
	if err != nil {
		return err
	}
	for _, one := range []struct {
		verb    string
		request map[string]any
	}{
		{"validate", map[string]any{"case": facts, "reply": reply}}, // may we say this?
		{"draft", map[string]any{"case": facts}},                    // what should we say?
	} {
		request, err := json.Marshal(one.request)
		if err != nil {
			return err
		}
		answer, err := policy.Ask(one.verb, string(request))
		if err != nil {
			return err
		}
		fmt.Println(answer)
	}
	return nil
}
