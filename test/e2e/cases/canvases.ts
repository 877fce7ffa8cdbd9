/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a rule for shipped code; this lists the example workflows */
import { readdirSync } from 'node:fs';

import type { Browser } from '../support/browser';
import { closeMessages, openBrowser, showOnlyCanvas } from '../support/browser';
import { CallbackUrl } from '../support/callbackUrl';
import type { E2eEnvironment } from '../support/environment';
import { waitFor } from '../support/processes';
import type { WorkflowNode } from '../support/workflows';
import { example, reference } from '../support/workflows';

const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

/** Every importable workflow, as it looks in n8n's editor once credentials are chosen. */
export function canvasCases(environment: E2eEnvironment): void {
	let browser: Browser;
	beforeEach(async () => {
		browser = await openBrowser(environment.n8n.url);
	});
	afterEach(async () => await browser?.close());

	it('shows every node of every example, and has nothing to complain about', async () => {
		const { editor, n8n, credential } = environment;
		const { page, the, picture } = browser;
		const callback = await CallbackUrl.create(environment.callbackSurroundings);
		const model = await editor.createCredential('Model', 'openAiApi', {
			apiKey: 'no-key-needed',
			url: n8n.url,
			header: false,
		});
		const credentials = {
			...reference(credential),
			...reference(callback.credential),
			...reference(model),
		};
		const wanted = await credentialTypesByNode(environment);
		for (const file of readdirSync('examples').filter((name) => name.endsWith('.json'))) {
			const definition = example(file, credential);
			const nodes = definition.nodes.map((node) => {
				const types = [node.parameters.nodeCredentialType, ...(wanted.get(node.type) ?? [])];
				const chosen = Object.entries(credentials).filter(([type]) => types.includes(type));
				return { ...node, credentials: Object.fromEntries(chosen) };
			});
			const { id } = await editor.createWorkflow({ ...definition, nodes });
			await page.setViewportSize(sizeFor(nodes));
			await page.goto(`${n8n.url}/workflow/${id}`);
			const count = nodes.filter(({ type }) => type !== STICKY_NOTE).length;
			await waitFor(
				`the nodes of ${file}`,
				async () => (await the('canvas-node').count()) >= count,
			);
			await closeMessages(browser);
			await the('zoom-to-fit').click();
			await waitFor(
				`${file} to have no issues`,
				async () =>
					(await the('node-issues').count()) + (await the('node-setup-required').count()) === 0,
			);
			await showOnlyCanvas(browser);
			await picture(`examples/${file.replace('.json', '')}`, the('canvas'));
		}
	});
}

/** As high as the workflow needs at this width, with the bars of the editor. */
function sizeFor(nodes: readonly WorkflowNode[]): { width: number; height: number } {
	const [xs, ys] = [0, 1].map((axis) =>
		nodes.map(({ position = [0, 0] }) => Number(position[axis])),
	);
	const length = (values: number[] = []) => Math.max(...values) - Math.min(...values) + 300;
	const width = 1_400;
	return { width, height: Math.min(900, 200 + Math.round((width * length(ys)) / length(xs))) };
}

/** The credentials that each node asks for, by node type. */
async function credentialTypesByNode({ editor }: E2eEnvironment): Promise<Map<string, unknown[]>> {
	const types = await editor.nodeTypes();
	return new Map(
		types.map(({ name, credentials }) => [
			String(name),
			Array.isArray(credentials) ? credentials.map((each) => each.name) : [],
		]),
	);
}
