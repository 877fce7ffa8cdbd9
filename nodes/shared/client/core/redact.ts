const HIDDEN = '***';

/** What follows a parameter that holds a secret, also where a proxy cut the URL it quotes. */
const SECRET_PARAMETERS = /((?:access_token|corpsecret)(?:=|%3D))[^&\s"'<>]+/gi;

/**
 * A text from outside without the secrets that a request carried, plain or URL-encoded: WeCom takes them in the URL
 * only, and a proxy on the way may quote the URL in what it answers.
 */
export function redact(text: string, secrets: readonly string[]): string {
	return secrets
		.filter((secret) => secret !== '')
		.reduce((rest, secret) => rest.replace(patternOf(secret), HIDDEN), text)
		.replace(SECRET_PARAMETERS, `$1${HIDDEN}`);
}

/** Every character as it is or encoded, once or twice. */
function patternOf(secret: string): RegExp {
	const characters = [...secret].map((character) => {
		const plain = character === ' ' ? '[ +]' : character.replace(/[^\w\s]/u, '\\$&');
		const bytes = [...Buffer.from(character)].map((byte) => byte.toString(16).padStart(2, '0'));
		return `(?:${plain}|${bytes.map((byte) => `%(?:25)?${byte}`).join('')})`;
	});
	return new RegExp(characters.join(''), 'gi');
}
