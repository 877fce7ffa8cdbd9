import type { IDataObject } from 'n8n-workflow';
import { createHash } from 'node:crypto';

import { byId, useScenario } from '../../harness/scenario';
import { phoneOf } from '../../sandbox';

const scenario = useScenario();

const EVIL = `"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;`;

async function pageOf(parameters: IDataObject = {}) {
	const { execution } = await scenario.runUntilWaiting({
		resource: 'member',
		operation: 'sendAndWait',
		member: byId('lin'),
		message: 'Send the offer?',
		...parameters,
	});
	const { messages } = phoneOf(scenario.sandbox.world.corp, 'lin');
	return await execution.open(String(messages.at(-1)?.content.url));
}

/** Of the text between the tags, as a browser shows it. */
function shown(html: string): string {
	return html
		.replace(/<(style|script)>.*?<\/\1>/gs, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/&lt;/g, '<')
		.replace(/&gt;/g, '>')
		.replace(/&quot;/g, '"')
		.replace(/&#39;/g, "'")
		.replace(/&amp;/g, '&');
}

it('shows the question, the workflow and the buttons', async () => {
	const { text } = await pageOf({ approveLabel: '同意', disapproveLabel: '不同意' });
	expect(shown(text)).toMatch(/Send the offer\?.*同意.*不同意.*n8n · Harness/s);
	expect(text).toContain('name="viewport" content="width=device-width');
	expect(text).toContain('<form method="post">');
});

it('has one button where one can only approve', async () => {
	const { text } = await pageOf({ approvalType: 'single' });
	expect(text.match(/<button/g)).toHaveLength(1);
});

it('shows every text as it is and runs none of it', async () => {
	const { text } = await pageOf({
		message: EVIL,
		approveLabel: EVIL,
		disapproveLabel: EVIL,
		options: { title: EVIL },
	});
	// In the title of the document, the heading, the question and the two buttons.
	expect(shown(text).split(EVIL)).toHaveLength(6);
	expect(text).not.toContain('<img');
	expect(text.match(/<script/g)).toHaveLength(1);
	expect(text.match(/<[^>]*\son\w+=/g)).toBeNull();
});

it('has an origin of its own, runs its own script only, and tells nobody its address', async () => {
	const { headers, text } = await pageOf();
	const policy = headers.get('content-security-policy') ?? '';
	expect(policy).toMatch(/^sandbox allow-forms allow-scripts; default-src 'none';/);
	for (const tag of ['script', 'style']) {
		const source = new RegExp(`<${tag}>(.*?)</${tag}>`, 's').exec(text)?.[1] ?? '';
		expect(source).not.toBe('');
		const hash = createHash('sha256').update(source).digest('base64');
		expect(policy).toContain(`${tag}-src 'sha256-${hash}'`);
	}
	expect(policy).toContain("frame-ancestors 'none'");
	expect(Object.fromEntries(headers)).toMatchObject({
		'cache-control': 'no-store',
		'content-type': 'text/html; charset=utf-8',
		'referrer-policy': 'no-referrer',
		'x-content-type-options': 'nosniff',
		'x-robots-tag': 'noindex, nofollow',
	});
	expect(text).not.toMatch(/https?:|src=|href=/);
});
