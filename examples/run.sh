#!/usr/bin/env bash
# Tests the wrappers of every language whose tools are found, and holds that their examples print the same JSON.
#
#   examples/run.sh                 C, C++ and Python always, the others where their tools are found
#   examples/run.sh --install       installs the tools first (Debian, as root) and leaves nothing out
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
    apt-get install -y --no-install-recommends gcc g++ python3 nodejs npm golang-go
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
expected=$(cargo run --quiet --profile "$profile" --features cli -- validate --jsonl examples/case.json || true)
passed=0

# Every line that an example prints is the answer of the command line.
same() {
    local language=$1 printed line
    shift
    printed=$("$@" 2>"$work/$language.said") || { cat "$work/$language.said"; echo "$language: the example failed"; exit 1; }
    [ -n "$printed" ] || { echo "$language printed nothing"; exit 1; }
    while IFS= read -r line; do
        [ "$line" = "$expected" ] || { printf '%s prints\n%s\ninstead of\n%s\n' "$language" "$line" "$expected"; exit 1; }
    done <<<"$printed"
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

echo "$passed passed, 0 failed"
