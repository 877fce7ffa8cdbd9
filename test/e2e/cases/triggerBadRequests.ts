import { badRequests } from '../../client/callbacks/badRequests';
import type { SentRequest } from '../../client/callbacks/requests';
import { request, SECRETS } from '../../client/callbacks/requests';
import { CallbackUrl } from '../support/callbackUrl';
import type { E2eEnvironment } from '../support/environment';
import { waitFor } from '../support/processes';
import { chain } from '../support/workflows';

const MOST_BYTES = 16 * 1024 * 1024;

/** Whatever anybody sends to the URL. */
export function badRequestCases(environment: E2eEnvironment): void {
	it('requests that are not from WeCom get a status and nothing else, and start nothing', async () => {
		const { editor } = environment;
		const callbackUrl = await CallbackUrl.create(
			environment.callbackSurroundings,
			SECRETS,
			SECRETS.receiveId,
		);
		const url = callbackUrl.productionUrl;
		const workflow = await editor.createWorkflow(chain('Trigger', [callbackUrl.trigger()]));
		await editor.setActive(workflow, true);
		await waitFor('the URL to be open', async () => (await send(url, {})).status === 400);

		for (const [about, status, sent] of badRequests) {
			expect([about, await send(url, sent)]).toEqual([about, { status, body: '' }]);
		}
		// n8n refuses these by itself.
		const broken = await send(url, { body: '<xml><Encrypt>', contentType: 'text/xml' });
		const huge = await send(url, { body: Buffer.alloc(MOST_BYTES + 1), contentType: 'text/xml' });
		for (const { status } of [broken, huge]) expect(status).toBeGreaterThanOrEqual(400);
		const unknown = await fetch(`${url}?echostr=x`);
		expect([unknown.status, await unknown.text()]).toEqual([400, '']);

		expect(await editor.executions({ workflowId: workflow.id })).toEqual([]);
		expect(await send(url, request())).toEqual({ status: 200, body: '' });
		expect(await callbackUrl.executions(workflow, 1)).toHaveLength(1);
	});
}

async function send(
	url: string,
	{
		query = {},
		body = '',
		contentType,
	}: Partial<Omit<SentRequest, 'body'>> & { body?: string | Buffer },
): Promise<{ status: number; body: string }> {
	const response = await fetch(`${url}?${new URLSearchParams(query).toString()}`, {
		method: 'POST',
		headers: contentType === undefined ? {} : { 'content-type': contentType },
		body: new Uint8Array(Buffer.from(body)),
	});
	return { status: response.status, body: await response.text() };
}
