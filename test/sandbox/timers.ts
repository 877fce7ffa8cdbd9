/* eslint-disable @n8n/community-nodes/no-restricted-globals -- the sandbox is a real server and never ships: real delays are its own */

/** Real time, for delays on the line. Everything that WeCom counts in seconds uses the sandbox clock. */
export async function wait(milliseconds: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
