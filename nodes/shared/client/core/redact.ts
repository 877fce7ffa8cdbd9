const HIDDEN = '***';

/** The value of a parameter that holds a secret, including where a proxy truncated the URL it quotes. */
const SECRET_PARAMETERS = /((?:access_token|corpsecret)(?:=|%3D))[^&\s"'<>]+/gi;

/**
 * Removes the secrets that a request carried, plain or URL-encoded, from external text. WeCom only takes them in the
 * URL, and a proxy may quote the URL in its response.
 */
export function redact(text: string, secrets: readonly string[]): string {
	return secrets
		.filter((secret) => secret !== '')
		.reduce((rest, secret) => rest.replace(patternOf(secret), HIDDEN), text)
		.replace(SECRET_PARAMETERS, `$1${HIDDEN}`);
}

/** Matches every character as is or URL-encoded, once or twice. */
function patternOf(secret: string): RegExp {
	const characters = [...secret].map((character) => {
		const plain = character === ' ' ? '[ +]' : character.replace(/[^\w\s]/u, '\\$&');
		const bytes = [...Buffer.from(character)].map((byte) => byte.toString(16).padStart(2, '0'));
		return `(?:${plain}|${bytes.map((byte) => `%(?:25)?${byte}`).join('')})`;
	});
	return new RegExp(characters.join(''), 'gi');
}
