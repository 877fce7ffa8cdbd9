import { phoneOf } from '../../sandbox';
import type { E2eEnvironment } from './environment';
import { waitFor } from './processes';

/** What a link of Send and Wait answers. */
export interface Page {
	readonly status: number;
	readonly text: string;
	readonly headers: Headers;
}

/** An execution that waits, and the link that the member was sent. */
export interface Question {
	readonly id: string;
	readonly link: string;
}

export async function open(link: string): Promise<Page> {
	return await toPage(fetch(link, { redirect: 'manual' }));
}

export async function press(link: string, form: Record<string, string>): Promise<Page> {
	return await toPage(
		fetch(link, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' }),
	);
}

async function toPage(sent: Promise<Response>): Promise<Page> {
	const response = await sent;
	return { status: response.status, text: await response.text(), headers: response.headers };
}

/** What stands in the app messages that the member has got, oldest first. */
export function appMessages(environment: E2eEnvironment, userid: string) {
	return phoneOf(environment.sandbox.world.corp, userid).messages.map(
		({ content }) => content as Record<string, string | undefined>,
	);
}

/** Waits until Lin has the link and n8n has stored that the execution waits. */
export async function untilAsked(environment: E2eEnvironment, id: string): Promise<Question> {
	const link = await waitFor('the message to the member', async () => {
		const { status, raw } = await environment.editor.execution(id);
		if (status === 'error') throw new Error(raw);
		return appMessages(environment, 'lin').find(({ url }) => url !== undefined)?.url;
	});
	await untilWaiting(environment, id);
	return { id, link };
}

export async function untilWaiting({ editor }: E2eEnvironment, id: string): Promise<void> {
	await waitFor('n8n to store that the execution waits', async () => {
		const { status } = await editor.execution(id);
		if (status === 'error' || status === 'success') throw new Error(`It is ${status}`);
		return status === 'waiting';
	});
}
