/* eslint-disable @n8n/community-nodes/no-restricted-globals -- the sandbox is a real server and never ships: real delays are its own */

/** Waits in real time, for delays of the network. Everything that WeCom counts uses the sandbox clock. */
export async function wait(milliseconds: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The response, or why there is none. Redirects are not followed. */
export async function fetchWithin(
	milliseconds: number,
	url: URL,
	request: { method: string; headers?: Record<string, string>; body?: string },
	stopped?: AbortSignal,
): Promise<{ status: number; text: string } | 'no answer in time' | 'no connection'> {
	const timeout = AbortSignal.timeout(milliseconds);
	try {
		const signal = stopped ? AbortSignal.any([timeout, stopped]) : timeout;
		const response = await fetch(url, { ...request, signal, redirect: 'manual' });
		// Not text(), which would swallow a byte order mark.
		const content = Buffer.from(await response.arrayBuffer());
		return { status: response.status, text: content.toString() };
	} catch {
		return timeout.aborted ? 'no answer in time' : 'no connection';
	}
}
