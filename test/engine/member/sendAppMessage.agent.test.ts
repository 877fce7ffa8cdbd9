import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { WeComExternalContact } from '../../../nodes/WeComExternalContact/WeComExternalContact.node';
import { PATHS } from '../../harness/requests';
import { useScenario } from '../../harness/scenario';

const scenario = useScenario();
const { description } = new WeComExternalContact();

describe.each(['engine', 'supplyData'] as const)('an agent through %s', (through) => {
	async function call(parameters: IDataObject, args: IDataObject = {}): Promise<string> {
		const { items, error, runData } = await scenario.run(
			{
				resource: 'member',
				operation: 'sendAppMessage',
				members: "={{ $fromAI('members') }}",
				appText: 'Please look',
				...parameters,
			},
			{ asTool: { arguments: { members: 'lin', ...args }, through } },
		);
		return JSON.stringify({ items, message: error?.message, agent: runData.Agent });
	}

	const targets = () =>
		scenario.sandbox.log
			.calls(PATHS.sendAppMessage)
			.map(({ body }) => (body as { touser?: string }).touser);

	it('sends to the members it names', async () => {
		expect(await call({}, { members: 'lin, wei' })).toContain('msgid');
		expect(targets()).toEqual(['lin|wei']);
	});

	it.each<[string, IDataObject, IDataObject]>([
		['everybody by name', {}, { members: '@all' }],
		['everybody among others', {}, { members: 'lin|@ALL' }],
		['everybody by choice', { appMessageTo: 'everybody' }, {}],
		['everybody by its own choice', { appMessageTo: "={{ $fromAI('to') }}" }, { to: 'everybody' }],
		['a department', { appMessageTo: 'departments', departmentIds: '1' }, {}],
		['a tag', { appMessageTo: 'tags', memberTagIds: '1' }, {}],
	])('cannot send to %s', async (_, parameters, args) => {
		expect(await call(parameters, args)).toMatch(/named members only|@all is not a user ID/);
		expect(targets()).toEqual([]);
	});
});

it('is not offered anybody but members in the panel', () => {
	const field = description.properties.find(({ name }) => name === 'appMessageTo');
	const values = { resource: 'member', operation: 'sendAppMessage' };
	const offered = (name: string) =>
		((field?.options ?? []) as INodePropertyOptions[])
			.filter((option) =>
				NodeHelpers.displayParameter(values, option, { typeVersion: 1 }, { ...description, name }),
			)
			.map(({ value }) => value);
	expect(offered(description.name)).toEqual(['departments', 'everybody', 'members', 'tags']);
	expect(offered(`${description.name}Tool`)).toEqual(['members']);
});
