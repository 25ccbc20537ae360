#!/usr/bin/env bash
# velocityjs 2.1.7 beside Apache Velocity 2.4.1: integers, empty lists, doubled quotes and what ends a template
#
# velocityjs is the port that JavaScript projects take for mapping templates of REST APIs. The same seven lines go through it and
# through the engine that it follows, with a list of three and an empty one.
#
# Expected: the same text.
# Seen:     7 / 2 is 3 in Velocity, whose integers stay integers, and 3.5 in the port. An empty list is false there and
#           true here. The #else of a #foreach over nothing is lost. Two quotes in a text are one there and no template at
#           all here. #stop is text here. "$s.contains" and "$l.contains" call Java's methods there and are text here. $l.add answers true there and the
#           new length here.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > package.json <<'JSON'
{ "name": "show", "private": true, "type": "module", "dependencies": { "velocityjs": "2.1.7" } }
JSON
npm install --silent --no-fund --no-audit
for artifact in org.apache.velocity:velocity-engine-core:2.4.1 org.apache.commons:commons-lang3:3.17.0 org.slf4j:slf4j-api:1.7.36; do
  mvn -q -B dependency:copy -Dartifact="$artifact" -DoutputDirectory=jars
done
cat > lines.txt <<'VTL'
#set($x = 7 / 2)$x
#if($none)yes#{else}no#end
#foreach($i in $none)x#{else}nothing#end
#set($x = "a""b")$x
before#stop after
$s.contains("b") $l.contains(1)
#set($added = $l.add(4))$added
VTL
cat > Show.java <<'JAVA'
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.VelocityEngine;

public class Show {
  public static void main(String[] args) throws Exception {
    VelocityEngine engine = new VelocityEngine();
    engine.init();
    for (String line : Files.readAllLines(Path.of("lines.txt"))) {
      VelocityContext context = new VelocityContext();
      context.put("l", new ArrayList<>(List.of(3, 1, 2)));
      context.put("none", new ArrayList<>());
      context.put("s", "abc");
      StringWriter text = new StringWriter();
      engine.evaluate(context, text, "line", line);
      System.out.println(text);
    }
  }
}
JAVA
cat > show.js <<'JS'
import { readFileSync } from 'node:fs';
import { render } from 'velocityjs';

for (const line of readFileSync('lines.txt', 'utf8').trim().split('\n')) {
  try {
    console.log(render(line, { l: [3, 1, 2], none: [], s: 'abc' }));
  } catch (error) {
    console.log(error.message.split(' on ')[0]);
  }
}
JS
java -cp 'jars/*' Show.java > engine.txt 2> log.txt || { cat log.txt >&2; exit 1; }
node show.js > port.txt
paste -d '|' lines.txt engine.txt port.txt
diff engine.txt - <<'EXPECTED' || { echo 'changed: Velocity answers otherwise' >&2; exit 1; }
3
no
nothing
a"b
before
true true
true
EXPECTED
diff port.txt - <<'EXPECTED' || { echo 'changed: velocityjs answers otherwise' >&2; exit 1; }
3.5
yes

Parse error
before#stop after
$s.contains("b") $l.contains(1)
4
EXPECTED
echo 'as described: the port and the engine differ in all seven lines'
