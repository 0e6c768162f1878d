// Package svar is svar in Go, through cgo.
//
//	policy, err := svar.Builtin() // once; any number of goroutines may use it
//	answer, err := policy.Ask("validate", request)
//
// Build with the library on the linker's path: CGO_LDFLAGS="-L… -Wl,-rpath,…" go build.
package svar

/*
#cgo CFLAGS: -I${SRCDIR}/../../include
#cgo LDFLAGS: -lsvar
#include "svar.h"
*/
import "C"

import (
	"encoding/json"
	"runtime"
	"sync"
	"unsafe"
)

// Status is what became of a call.
type Status uint32

// The statuses of failed calls.
const (
	NullArgument Status = C.SVAR_STATUS_NULL_ARGUMENT
	NotUTF8      Status = C.SVAR_STATUS_NOT_UTF8
	BadArgument  Status = C.SVAR_STATUS_BAD_ARGUMENT
	BadPolicy    Status = C.SVAR_STATUS_POLICY
	BadRequest   Status = C.SVAR_STATUS_REQUEST
	Busy         Status = C.SVAR_STATUS_BUSY
	Panic        Status = C.SVAR_STATUS_PANIC
)

// Diagnostic is one thing that is wrong, and where.
type Diagnostic struct {
	Code     string  `json:"code"`
	Severity string  `json:"severity"`
	Message  string  `json:"message"`
	Help     *string `json:"help"`
	Source   *string `json:"source"`
	Line     *int    `json:"line"`
	Column   *int    `json:"column"`
	Start    *int    `json:"start"`
	End      *int    `json:"end"`
}

// Error is a call that failed: everything that is wrong.
type Error struct {
	Status      Status
	Diagnostics []Diagnostic
	text        string
}

// Error is the whole of it for people.
func (e *Error) Error() string { return e.text }

func failed(status C.svar_status, handle *C.svar_error) error {
	defer C.svar_error_free(handle)
	var text, said C.svar_str
	C.svar_error_render(handle, &text)
	C.svar_error_json(handle, &said)
	var shape struct {
		Error Diagnostic
		More  []Diagnostic
	}
	if err := json.Unmarshal([]byte(out(said)), &shape); err != nil {
		return err
	}
	return &Error{Status(status), append([]Diagnostic{shape.Error}, shape.More...), out(text)}
}

// A text to pass in; it is kept by the value that is returned. An empty one points somewhere, for NULL would be none.
func in(text string) C.svar_str {
	data := append([]byte(text), 0)
	return C.svar_str{data: (*C.char)(unsafe.Pointer(&data[0])), len: C.size_t(len(text))}
}

func out(text C.svar_str) string {
	return string(unsafe.Slice((*byte)(unsafe.Pointer(text.data)), int(text.len)))
}

func answer(text *C.svar_text) (string, error) {
	defer C.svar_text_free(text)
	var json C.svar_str
	var err *C.svar_error
	if status := C.svar_text_get(text, &json, &err); status != C.SVAR_STATUS_OK {
		return "", failed(status, err)
	}
	return out(json), nil
}

// Memory to work in, one for each call that runs at the same time.
type scratch struct{ handle *C.svar_scratch }

var scratches = sync.Pool{New: func() any {
	made := &scratch{}
	var err *C.svar_error
	C.svar_scratch_new(&made.handle, &err)
	C.svar_error_free(err)
	runtime.SetFinalizer(made, func(old *scratch) { C.svar_scratch_free(old.handle) })
	return made
}}

// Policy is a compiled policy, freed when nobody refers to it.
type Policy struct{ handle *C.svar_policy }

func policy(status C.svar_status, handle *C.svar_policy, err *C.svar_error) (*Policy, error) {
	if status != C.SVAR_STATUS_OK {
		return nil, failed(status, err)
	}
	made := &Policy{handle}
	runtime.SetFinalizer(made, func(old *Policy) { C.svar_policy_free(old.handle) })
	return made, nil
}

// Builtin loads the policy that ships with svar.
func Builtin() (*Policy, error) {
	var handle *C.svar_policy
	var err *C.svar_error
	status := C.svar_policy_builtin(&handle, &err)
	return policy(status, handle, err)
}

// Load reads a policy from one TOML or JSON document.
func Load(document string) (*Policy, error) {
	var handle *C.svar_policy
	var err *C.svar_error
	status := C.svar_policy_load(in(document), &handle, &err)
	return policy(status, handle, err)
}

// Name is the policy's name.
func (p *Policy) Name() string {
	var name C.svar_str
	defer runtime.KeepAlive(p)
	if C.svar_policy_name(p.handle, &name, nil) != C.SVAR_STATUS_OK {
		return ""
	}
	return out(name)
}

// Version is the policy's version; empty where it gives none.
func (p *Policy) Version() string {
	var version C.svar_str
	defer runtime.KeepAlive(p)
	if C.svar_policy_version(p.handle, &version, nil) != C.SVAR_STATUS_OK {
		return ""
	}
	return out(version)
}

// Print gives the whole policy as one JSON document.
func (p *Policy) Print() (string, error) {
	defer runtime.KeepAlive(p)
	var text *C.svar_text
	var err *C.svar_error
	if status := C.svar_policy_print(p.handle, &text, &err); status != C.SVAR_STATUS_OK {
		return "", failed(status, err)
	}
	return answer(text)
}

// Ask takes a request in JSON and gives an answer in JSON: the verbs and the bytes of the command line.
func (p *Policy) Ask(verb, request string) (string, error) {
	defer runtime.KeepAlive(p)
	work := scratches.Get().(*scratch)
	defer scratches.Put(work)
	var text *C.svar_text
	var err *C.svar_error
	status := C.svar_ask(p.handle, work.handle, in(verb), in(request), &text, &err)
	if status != C.SVAR_STATUS_OK {
		return "", failed(status, err)
	}
	return answer(text)
}

// Document is a text of a policy and the name diagnostics call it by.
type Document struct{ Name, Text string }

// Build puts a policy together: each layer wins over those before it, packs are there to be extended by name.
func Build(layers, packs []Document) (*Policy, error) {
	var builder *C.svar_policy_builder
	var err *C.svar_error
	if status := C.svar_policy_builder_new(&builder, &err); status != C.SVAR_STATUS_OK {
		return nil, failed(status, err)
	}
	defer C.svar_policy_builder_free(builder)
	for _, pack := range packs {
		if status := C.svar_policy_builder_pack(builder, in(pack.Name), in(pack.Text), &err); status != C.SVAR_STATUS_OK {
			return nil, failed(status, err)
		}
	}
	for _, layer := range layers {
		if status := C.svar_policy_builder_layer(builder, in(layer.Name), in(layer.Text), &err); status != C.SVAR_STATUS_OK {
			return nil, failed(status, err)
		}
	}
	var handle *C.svar_policy
	status := C.svar_policy_builder_build(builder, &handle, &err)
	return policy(status, handle, err)
}

// Version is the version of the library.
func Version() string { return out(C.svar_version()) }
