import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { LOST_RESPONSES, RESET_AFTER } from '../../harness/faults';
import { PATHS } from '../../harness/requests';
import type { ScenarioRun } from '../../harness/scenario';
import { attach, continueOnFail, retryOnFail, useScenario } from '../../harness/scenario';

const scenario = useScenario();

const LINK = { type: 'link', title: 'Rules', url: 'https://example.com/rules' };

async function template(
	operation: string,
	parameters: IDataObject = {},
	run: ScenarioRun & { input?: INodeExecutionData[] } = {},
) {
	return await scenario.run({ resource: 'groupWelcomeTemplate', operation, ...parameters }, run);
}

async function create(parameters: IDataObject = { text: 'Hi %NICKNAME%' }): Promise<string> {
	const { items, error } = await template('create', parameters);
	if (error) throw error;
	return String(items[0]?.json.template_id);
}

async function get(templateId: string): Promise<IDataObject | undefined> {
	return (await template('get', { templateId })).items[0]?.json;
}

it('creates a template per item and gets it', async () => {
	const { items } = await template(
		'create',
		{ text: '=Hi %NICKNAME%, this is {{ $json.shop }}', ...attach(LINK) },
		{ input: [{ json: { shop: 'Tea' } }, { json: { shop: 'Cups' } }] },
	);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	const [tea, cups] = items.map(({ json }) => String(json.template_id));
	expect(await get(tea ?? '')).toEqual({
		template_id: tea,
		text: 'Hi %NICKNAME%, this is Tea',
		attachment: {
			msgtype: 'link',
			link: expect.objectContaining({ title: 'Rules', url: LINK.url }) as object,
		},
	});
	expect((await get(cups ?? ''))?.text).toBe('Hi %NICKNAME%, this is Cups');
});

it('uploads a picture, which comes back as a URL', async () => {
	const { items } = await template('create', attach({ type: 'any', binaryField: 'data' }), {
		input: [await scenario.itemWithFile('tea.png')],
	});
	const row = await get(String(items[0]?.json.template_id));
	expect(row).toMatchObject({ text: '', attachment: { msgtype: 'image' } });
});

it.each([
	[true, 1],
	[false, 0],
])('notifies members: %s', async (notify, sent) => {
	await create({ text: 'Hi', notify });
	expect(scenario.sandbox.log.calls(PATHS.addTemplate)[0]?.body).toMatchObject({ notify: sent });
});

it('replaces the whole content', async () => {
	const templateId = await create({ text: 'Hi', ...attach(LINK) });
	const { items } = await template('update', { templateId, text: 'Hello' });
	expect(items[0]?.json).toEqual({ template_id: templateId });
	expect(await get(templateId)).toMatchObject({ text: 'Hello' });
	expect(scenario.sandbox.log.calls(PATHS.editTemplate)[0]?.body).not.toHaveProperty('notify');
});

it('deletes a template', async () => {
	const templateId = await create();
	const { items } = await template('delete', { templateId });
	expect(items[0]?.json).toEqual({ template_id: templateId, deleted: true });
	const { error } = await template('get', { templateId });
	expect(error?.message).toMatch('WeCom does not know this group welcome template');
});

it('keeps the other items with Continue On Fail', async () => {
	const templateId = await create();
	const { items } = await template(
		'get',
		{ templateId: '={{ $json.id }}' },
		{ input: [{ json: { id: 'msgNone' } }, { json: { id: templateId } }], ...continueOnFail },
	);
	expect(items.map(({ json }) => json.error ?? json.text)).toEqual([
		expect.stringContaining('does not know this group welcome template'),
		'Hi %NICKNAME%',
	]);
});

describe('a lost answer', () => {
	it.each(LOST_RESPONSES)('never makes a second template: %s', async (_, fault) => {
		scenario.sandbox.faults.add({ path: PATHS.addTemplate, call: 1, fault });
		const { error } = await template('create', { text: 'Hi' }, retryOnFail);
		expect(error?.message).toBe('WeCom may or may not have created the template');
		expect(scenario.sandbox.log.count(PATHS.addTemplate)).toBe(1);
	});

	it('is repeated where repeating changes nothing', async () => {
		const templateId = await create();
		scenario.sandbox.faults.add({ path: PATHS.editTemplate, call: 1, fault: RESET_AFTER });
		const { error } = await template('update', { templateId, text: 'Hello' });
		expect(error).toBeUndefined();
		expect(await get(templateId)).toMatchObject({ text: 'Hello' });
	});

	it('leaves a deletion open', async () => {
		const templateId = await create();
		scenario.sandbox.faults.add({ path: PATHS.deleteTemplate, call: 1, fault: RESET_AFTER });
		const { error } = await template('delete', { templateId }, retryOnFail);
		expect(error?.message).toBe('WeCom may or may not have deleted the template');
		expect(scenario.sandbox.log.count(PATHS.deleteTemplate)).toBe(1);
	});
});

it('creates once under Retry On Fail when a later item fails', async () => {
	scenario.sandbox.faults.add({
		path: PATHS.addTemplate,
		call: 2,
		fault: { kind: 'errcode', errcode: 48002 },
	});
	const { items } = await template(
		'create',
		{ text: '={{ $json.text }}' },
		{ input: [{ json: { text: 'One' } }, { json: { text: 'Two' } }], ...retryOnFail },
	);
	expect(new Set(items.map(({ json }) => json.template_id)).size).toBe(2);
	expect(scenario.sandbox.log.count(PATHS.addTemplate)).toBe(3);
});

it('says what to do when the corporation has 100', async () => {
	scenario.sandbox.faults.add({
		path: PATHS.addTemplate,
		fault: { kind: 'errcode', errcode: 41055 },
	});
	const { error } = await template('create', { text: 'Hi' });
	expect(error?.message).toMatch(/has 100 group welcome templates/);
});

it.each([
	['create', 'nothing to say', { text: '' }, /The message is empty/],
	['create', 'a text of 3,001 bytes', { text: 'x'.repeat(3_001) }, /3,?001 bytes/],
	['create', 'two attachments', { text: 'Hi', ...attach(LINK, LINK) }, /2 attachments/],
	['update', 'nothing to say', { templateId: 'msgT', text: '' }, /The message is empty/],
	['update', 'no template', { templateId: '', text: 'Hi' }, /'Template ID' is empty|required/],
	['get', 'no template', { templateId: '={{ $json.none }}' }, /'Template ID' has no value/],
	['delete', 'no template', { templateId: ' ' }, /'Template ID' is empty/],
	['delete', 'a list', { templateId: 'a,b' }, /'Template ID'/],
])('%s refuses %s before any request', async (operation, _, parameters, message) => {
	const { error } = await template(operation, parameters);
	expect(error?.message).toMatch(message);
	expect(scenario.sandbox.log.count()).toBe(0);
});
