#!/usr/bin/env bash
# Tests the wrappers of every language whose tools are found, and holds that their examples print the same JSON.
#
#   examples/run.sh                 C, C++ and Python always, the others where their tools are found
#   examples/run.sh --install       installs the tools first (Debian, as root) and leaves nothing out; cargo-c among
#                                   them, and so tests what `cargo cinstall` installs (some minutes to compile)
#   SVAR_PROFILE=dev examples/run.sh   with the library built without optimisation
set -euo pipefail
cd "$(dirname "$0")/.."
profile=${SVAR_PROFILE:-release}
target=${CARGO_TARGET_DIR:-target}
folder=$target/$([ "$profile" = dev ] && echo debug || echo "$profile")
all=false

if [ "${1:-}" = --install ]; then
    all=true
    apt-get update
    # What is there is left alone: a newer Node brings its own npm, and excludes the one of the distribution.
    for tool in gcc:gcc g++:g++ python3:python3 pip3:python3-pip pkg-config:pkg-config node:nodejs npm:npm go:golang-go; do
        command -v "${tool%%:*}" >/dev/null || apt-get install -y --no-install-recommends "${tool##*:}"
    done
    .ci/cargo-c
    command -v mypy >/dev/null || python3 -m pip install --quiet mypy || apt-get install -y --no-install-recommends mypy
    apt-get install -y --no-install-recommends openjdk-25-jdk-headless ||
        echo "no Java of version 22 or later in the package sources: install one and set JAVA_HOME"
fi

# A Java that has the foreign function interface: 22 or later.
find_java() {
    local java
    for java in "${JAVA_HOME:-/nowhere}/bin/java" java /usr/lib/jvm/*/bin/java; do
        if "$java" --version >/dev/null 2>&1 && [ "$("$java" --version | sed -n '1s/^[^0-9]*\([0-9]*\).*/\1/p')" -ge 22 ]; then
            echo "$java"
            return
        fi
    done
}

cargo rustc --quiet --profile "$profile" --lib --features capi --crate-type cdylib,staticlib
work=$folder/wrappers
rm -rf "$work"
mkdir -p "$work"
cp "$folder"/libsvar.so "$folder"/libsvar.a "$work"
work=$(cd "$work" && pwd)
export SVAR_LIBRARY=$work/libsvar.so LD_LIBRARY_PATH=$work PYTHONDONTWRITEBYTECODE=1
passed=0

# What the command line says of the case, and of the reply that all examples judge: two lines, judgement and draft.
svar() { cargo run --quiet --profile "$profile" --features cli -- "$@"; }
case=$(cat examples/case.json)
reply="Hei Jonas! 🙃 Du burde ha lest driftsmeldingene. Hilsen Ida"
printf '{"case":%s,"reply":"%s"}\n' "$case" "$reply" >"$work/validate.json"
printf '{"case":%s}\n' "$case" >"$work/draft.json"
svar validate --jsonl "$work/validate.json" >"$work/expected" || [ $? -eq 1 ]
svar draft --jsonl "$work/draft.json" >>"$work/expected"
grep -q '^{"verdict":"fail",' "$work/expected" && grep -q '^{"text":' "$work/expected" ||
    { cat "$work/expected"; echo "the command line does not judge and draft as expected"; exit 1; }

# An example prints the same bytes. One that judges twice, as JSON and as plain structs, prints the same line twice.
same() {
    local language=$1
    shift
    "$@" >"$work/$language.printed" 2>"$work/$language.said" ||
        { cat "$work/$language.said"; echo "$language: the example failed"; exit 1; }
    uniq "$work/$language.printed" | cmp - "$work/expected" ||
        { cat "$work/$language.printed"; echo "$language does not print what the command line prints"; exit 1; }
    passed=$((passed + 1))
    echo "$language: the example prints what the command line prints"
}

# Whether the tools of a language are there.
found() {
    local language=$1
    shift
    if "$@" >/dev/null 2>&1; then return; fi
    if $all; then echo "$language: \`$*\` fails"; exit 1; fi
    echo "$language: left out, for \`$*\` fails"
    return 1
}

strict="-Wall -Wextra -Werror -pedantic -Iinclude"
link="-L$work -lsvar -Wl,-rpath,$work"

# shellcheck disable=SC2086
cc -std=c11 $strict examples/c/example.c $link -o "$work/c"
same C "$work/c" examples/case.json

# shellcheck disable=SC2086
c++ -std=c++17 $strict -g -pthread examples/cpp/test.cpp $link -o "$work/cpp-test"
"$work/cpp-test"
if command -v valgrind >/dev/null; then
    valgrind --quiet --error-exitcode=9 --leak-check=full --show-leak-kinds=all --errors-for-leak-kinds=all "$work/cpp-test"
fi
# shellcheck disable=SC2086
c++ -std=c++17 $strict examples/cpp/example.cpp "$work/libsvar.a" -lpthread -ldl -lm -o "$work/cpp"
same C++ "$work/cpp" examples/case.json

python3 -m unittest discover --quiet --start-directory examples/python
if found mypy mypy --version; then
    mypy --strict --cache-dir "$work/mypy" examples/python/svar.py examples/python/example.py
fi
same Python python3 examples/python/example.py examples/case.json

if found Node sh -c 'node --version && npm --version'; then
    cp examples/node/*.js* "$work"
    (cd "$work" && npm install --silent --no-audit --no-fund && node --test svar.test.js >node.log 2>&1) || { cat "$work/node.log"; exit 1; }
    same Node node "$work/example.js" examples/case.json
fi

if found Go go version; then
    export CGO_LDFLAGS="-L$work -Wl,-rpath,$work"
    (cd examples/go && go vet ./... && go test ./... >"$work/go.log" 2>&1) || { cat "$work/go.log"; exit 1; }
    (cd examples/go && go build -o "$work/go" ./example)
    same Go "$work/go" examples/case.json
fi

java=$(find_java)
if found "Java 22" test -n "$java"; then
    "$java" --enable-native-access=ALL-UNNAMED examples/java/SvarTest.java
    same Java "$java" --enable-native-access=ALL-UNNAMED examples/java/Example.java examples/case.json
fi

# Without --install the tests of the library do this where cargo-c is found.
if $all; then
    cargo test --profile "${profile/#dev/test}" --all-features --test capi cargo_c >"$work/cargo-c.log" 2>&1 &&
        grep -q '^test result: ok. 1 passed' "$work/cargo-c.log" || { cat "$work/cargo-c.log"; exit 1; }
    passed=$((passed + 1))
    echo "cargo-c: what it installs can be compiled with and linked"
fi

echo "$passed passed, 0 failed"
