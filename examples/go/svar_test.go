package svar

import (
	"errors"
	"strings"
	"sync"
	"testing"
)

const request = `{"case":{"channel":"facebook","language":"en"},"reply":"You should have read the terms."}`

func builtin(t *testing.T) *Policy {
	t.Helper()
	policy, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	return policy
}

func TestJudges(t *testing.T) {
	policy := builtin(t)
	expected, err := policy.Ask("validate", request)
	if err != nil || !strings.Contains(expected, "tone.blame") || policy.Name() != "svar:builtin" {
		t.Fatal(expected, err)
	}
	var group sync.WaitGroup
	for thread := 0; thread < 8; thread++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for call := 0; call < 100; call++ {
				if answer, err := policy.Ask("validate", request); err != nil || answer != expected {
					t.Error(answer, err)
				}
			}
		}()
	}
	group.Wait()
}

func TestTellsWhatIsWrong(t *testing.T) {
	policy := builtin(t)
	for _, one := range []struct {
		verb, request string
		status        Status
		code          string
	}{
		{"validate", "{", BadRequest, "syntax"},
		{"validate", "", BadRequest, "syntax"},
		{"validte", "{}", BadArgument, "unknown-value"},
		{"read", "\xff", NotUTF8, "not-utf8"},
		{"read", "{\"text\":\"a\x00\"}", BadRequest, "syntax"},
		{"validate", `{"case":{"channel":"facebok"},"reply":""}`, BadRequest, "unknown-channel"},
	} {
		_, err := policy.Ask(one.verb, one.request)
		var told *Error
		if !errors.As(err, &told) || told.Status != one.status || told.Diagnostics[0].Code != one.code {
			t.Errorf("%s %s: %v", one.verb, one.request, err)
		}
	}
	_, err := Load("svar = 1\nnam = 'x'\n")
	var told *Error
	if !errors.As(err, &told) || told.Status != BadPolicy || len(told.Diagnostics) < 2 {
		t.Error(err)
	}
}

func TestLayers(t *testing.T) {
	tone := Document{"acme:tone", "svar = 1\nname = 'acme:tone'\n[rules.'tone.blame']\noff = true\n"}
	ours := Document{"ours.toml", "svar = 1\nname = 'ours'\nversion = '3'\nextends = ['svar:care', 'acme:tone']\nlanguages = ['en']\n"}
	policy, err := Build([]Document{ours}, []Document{tone})
	if err != nil || policy.Name() != "ours" || policy.Version() != "3" {
		t.Fatal(err)
	}
	printed, err := policy.Print()
	if err != nil {
		t.Fatal(err)
	}
	again, err := Load(printed)
	if err != nil {
		t.Fatal(err)
	}
	if twice, err := again.Print(); err != nil || twice != printed {
		t.Error(err, "what is printed is another policy")
	}
	if answer, err := policy.Ask("validate", request); err != nil || strings.Contains(answer, "tone.blame") {
		t.Error(answer, err)
	}
	if Version() == "" {
		t.Error("no version")
	}
}
