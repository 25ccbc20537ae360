// The deployment writes the addresses of the service's APIs into MANIFEST.json.
const manifest = await (await fetch('/MANIFEST.json')).json();
const greeting = await fetch(`${manifest.GreetingsApiUrl}/greet`);
document.querySelector('#greeting').textContent = await greeting.text();
