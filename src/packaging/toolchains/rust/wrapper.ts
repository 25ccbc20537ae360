import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the folder of the sources is called in messages of the program. */
export const SOURCES = '/sources';

/**
 * Stands between cargo and the compiler. What cargo hashes, and the compiler writes into its result, differs with the
 * place of the sources: paths in messages, and the hashes that crates are told apart by. Here each is named after what it
 * is. Flags that the project sets for itself stay as they are; RUSTFLAGS of our own would replace them.
 *
 * `-C metadata` tells two crates of one name apart: their version, folder, type and features do, too, as cargo compiles
 * each of these once for a machine.
 */
const WRAPPER = `#!/bin/sh
name= type= features= previous=
for each in "$@"; do
  case $previous in
    --crate-name) name=$each ;;
    --crate-type) type=$each ;;
    --cfg) features="$features $each" ;;
  esac
  previous=$each
done
place=\${CARGO_MANIFEST_DIR#"$SPARTA_SOURCES"}
[ "$place" = "\${CARGO_MANIFEST_DIR}" ] && place=
count=$#
while [ "$count" -gt 0 ]; do
  each=$1
  shift
  count=$((count - 1))
  case $each in metadata=*) each="metadata=$name \${CARGO_PKG_VERSION} $place $type $features" ;; esac
  set -- "$@" "$each"
done
[ -n "\${OUT_DIR}" ] && set -- "$@" "--remap-path-prefix=\${OUT_DIR}=/out/\${CARGO_PKG_NAME}"
[ -n "\${SPARTA_WRAPPER}" ] && set -- "\${SPARTA_WRAPPER}" "$@"
exec "$@" "--remap-path-prefix=$SPARTA_SOURCES=${SOURCES}" "--remap-path-prefix=$SPARTA_CARGO_HOME=/cargo"
`;

/**
 * Variables that make cargo compile the same bytes wherever the sources are.
 *
 * @param sources the folder that names of sources are relative to; absolute
 * @param cargoHome where cargo keeps what it downloads; absolute
 * @param scratch receives the script
 */
export async function sameAnywhere(
  { sources, cargoHome, scratch }: { sources: string; cargoHome: string; scratch: string },
  env: Readonly<Record<string, string | undefined>>,
): Promise<Readonly<Record<string, string>>> {
  // A shell script is no program there.
  if (process.platform === 'win32') return {};
  const wrapper = join(scratch, 'rustc-wrapper');
  await writeFile(wrapper, WRAPPER, { mode: 0o755 });
  return {
    RUSTC_WRAPPER: wrapper,
    SPARTA_SOURCES: sources,
    SPARTA_CARGO_HOME: cargoHome,
    SPARTA_WRAPPER: env.RUSTC_WRAPPER ?? '',
  };
}
