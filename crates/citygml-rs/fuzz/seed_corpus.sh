#!/bin/sh
# Fills fuzz/corpus with small real files, where ../shared/data is beside the project. Run it in this folder.
set -eu
data="${1:-../../../../shared/data}"
[ -d "$data" ] || { echo "no folder $data; give it as the first argument" >&2; exit 1; }

# TARGET FOLDER KILOBYTES PATTERN...
seed() {
    target=$1; folder=$2; size=$3; shift 3
    mkdir -p "corpus/$target"
    for pattern in "$@"; do
        find "$data/$folder" -type f -name "$pattern" -size -"${size}k" | while IFS= read -r file; do
            # The name by content: many files share theirs.
            cp "$file" "corpus/$target/$(sha1sum "$file" | cut -c1-16)"
        done
    done
    echo "$target: $(find "corpus/$target" -type f | wc -l) files"
}

seed cityjson cityjson 64 '*.json' '*.jsonl'
seed cityjson invalid/cityjson_cjval 64 '*.json' '*.jsonl' '*.txt'
seed citygml citygml 48 '*.gml' '*.xml'
seed citygml invalid 32 '*.gml'
seed tokenizer citygml 16 '*.gml' '*.xml'
