import type { Browser } from '../support/browser';
import { closeMessages, openBrowser } from '../support/browser';
import { pause, waitFor } from '../support/processes';
import { example } from '../support/workflows';
import type { E2eEnvironment } from '../support/environment';

const BROADCAST = 'Ask members to broadcast a message';

/** A builder at n8n's real editor. */
export function browserCases(environment: E2eEnvironment): void {
	let browser: Browser;
	beforeEach(async () => {
		browser = await openBrowser(environment.n8n.url);
	});
	afterEach(async () => await browser?.close());

	it('adds the node from the panel, fills it in, runs it, and understands what went wrong', async () => {
		const { page, the, picture } = browser;
		const [customer = ''] = environment.customersOf('lin');
		/** The editor takes over 200 ms later what was typed; a run before that would not have it. */
		const typeLast = async (parameter: string, text: string) => {
			await the(`parameter-input-${parameter}`).locator('textarea').fill(text);
			await pause(1_000);
		};
		await page.goto(`${environment.n8n.url}/workflow/new`);
		await the('canvas-plus-button').click();
		await the('node-creator-item-name').filter({ hasText: 'Trigger manually' }).first().click();
		await the('node-creator-plus-button').click();
		await the('node-creator-search-bar').fill('企业微信');
		await the('node-creator-item-name')
			.filter({ hasText: 'WeCom External Contact' })
			.first()
			.click();
		await the('node-creator-item-name').filter({ hasText: BROADCAST }).first().click();

		await the('node-credentials-select').click();
		await the(`node-credentials-select-item-${environment.credential.id}`).click();
		await the('parameter-input-externalUserIds').locator('textarea').fill(customer);
		await the('resource-locator-member').locator('[data-test-id="rlc-input"]').click();
		await the('rlc-search').fill('li');
		await waitFor(
			'the list to show what was searched',
			async () => (await the('rlc-item').allTextContents()).join() === 'lin',
		);
		await the('rlc-item').first().click();
		await typeLast('text', 'Our autumn teas have arrived.');
		await the('node-execute-button').click();

		const output = the('output-panel');
		const shown = await waitFor('the task in the output', async () => {
			const text = await output.innerText();
			return text.includes(environment.sandbox.world.tasks()[0]?.msgid ?? 'no task') && text;
		});
		expect(shown).toContain('1 task created. Nothing is delivered before the members confirm');
		await closeMessages(browser);
		await picture('node-panel');

		await typeLast('externalUserIds', 'wmNOBODY1');
		await the('node-execute-button').click();
		await the('node-error-message').waitFor();
		expect(await the('node-error-message').innerText()).toBe(
			'The customer is not a contact of this member',
		);
		expect(await the('node-error-description').innerText()).toMatch(
			/Choose the member who has the customer.*errcode 84061/s,
		);
		await closeMessages(browser);
		await picture('node-error');

		await the('credential-edit-button').click();
		const tested = the('credentials-config-container-test-success');
		await tested.waitFor();
		await waitFor(
			'the test to end',
			async () => (await tested.locator('[class*="pinner"]').count()) === 0,
		);
		await closeMessages(browser);
		await picture('credential');
	});

	it('runs the campaign example, and sees who got it when members have confirmed', async () => {
		const { page, the, picture } = browser;
		const { id } = await environment.editor.createWorkflow(
			example('campaign.json', environment.credential),
		);
		await page.goto(`${environment.n8n.url}/workflow/${id}`);
		await the('execute-workflow-button').first().click();
		await waitFor(
			'all nodes to succeed',
			async () => (await the('canvas-node-status-success').count()) === 4,
		);
		const tasks = environment.sandbox.world.tasks();
		expect(tasks).toHaveLength(3);
		// Only then the editor has all of the execution.
		await page.locator('.el-notification').filter({ hasText: 'successfully' }).first().waitFor();
		await closeMessages(browser);
		await picture('campaign');

		for (const { msgid } of tasks.slice(0, 2)) environment.sandbox.world.confirmTask(msgid);
		await page.locator('[data-test-id="canvas-node"][data-node-name="Get Task Status"]').dblclick();
		await the('node-execute-button').click();
		await waitFor('the two confirmed tasks in the output', async () => {
			const text = await the('output-panel').innerText();
			return text.split('completed').length === 3 && text.includes('awaiting_members');
		});
		await closeMessages(browser);
		await the('output-panel').locator('[data-test-id="radio-button-json"]').click();
		await picture('task-status');
	});
}
