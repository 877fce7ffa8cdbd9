/* eslint-disable @n8n/community-nodes/no-restricted-globals -- the sandbox is a real server and never ships: real delays are its own */

/** Waits in real time, for delays of the network. Everything that WeCom counts uses the sandbox clock. */
export async function wait(milliseconds: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The response, or undefined when none came in time or there was no connection. */
export async function fetchWithin(
	milliseconds: number,
	url: URL,
	request: { method: string; headers?: Record<string, string>; body?: string },
): Promise<{ status: number; text: string } | undefined> {
	try {
		const signal = AbortSignal.timeout(milliseconds);
		const response = await fetch(url, { ...request, signal });
		return { status: response.status, text: await response.text() };
	} catch {
		return undefined;
	}
}
