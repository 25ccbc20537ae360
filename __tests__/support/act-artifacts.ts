/**
 * Stand-ins for the actions that hand files from one job to another, by way of the folder in ACT_ARTIFACTS. As the real ones,
 * they leave hidden files out unless they are told otherwise, and give each of several artifacts a folder of its own.
 */
const UPLOAD = `name: upload
description: Keeps files for other jobs.
inputs:
  name: { description: The artifact, required: true }
  path: { description: A file or a folder, required: true }
  include-hidden-files: { description: Whether names may begin with a dot, default: 'false' }
  overwrite: { description: Whether it may be there already, default: 'false' }
runs:
  using: composite
  steps:
    - shell: bash
      env:
        NAME: \${{ inputs.name }}
        FROM: \${{ inputs.path }}
        HIDDEN: \${{ inputs.include-hidden-files }}
        OVERWRITE: \${{ inputs.overwrite }}
      run: |
        to="$ACT_ARTIFACTS/$NAME"
        if [ -e "$to" ] && [ "$OVERWRITE" != true ]; then echo "there is an artifact $NAME"; exit 1; fi
        rm -rf "$to"
        case "/$FROM" in */.*) if [ "$HIDDEN" != true ]; then echo "no files were found at $FROM"; exit 0; fi;; esac
        if [ -d "$FROM" ]; then mkdir -p "$to" && cp -r "$FROM/." "$to"
        elif [ -f "$FROM" ]; then mkdir -p "$to" && cp "$FROM" "$to"
        else echo "no files were found at $FROM"; fi
`;
const DOWNLOAD = `name: download
description: Gets files of other jobs.
inputs:
  name: { description: One artifact }
  pattern: { description: Several }
  path: { description: A folder, required: true }
runs:
  using: composite
  steps:
    - shell: bash
      env:
        NAME: \${{ inputs.name }}
        PATTERN: \${{ inputs.pattern }}
        TO: \${{ inputs.path }}
      run: |
        mkdir -p "$TO"
        if [ -n "$NAME" ]; then cp -r "$ACT_ARTIFACTS/$NAME/." "$TO"; exit; fi
        cd "$ACT_ARTIFACTS"
        for each in $PATTERN; do [ ! -d "$each" ] || cp -r "$each" "$OLDPWD/$TO"; done
`;

/** By what \`uses\` names. */
export const ARTIFACTS: Readonly<Record<string, string>> = {
  'actions/upload-artifact@v7': UPLOAD,
  'actions/download-artifact@v8': DOWNLOAD,
};
