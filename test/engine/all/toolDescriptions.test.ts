import { WeComExternalContact } from '../../../nodes/WeComExternalContact/WeComExternalContact.node';

const { description } = new WeComExternalContact();

it('tells a model what it needs to choose an operation: who acts, and what cannot be undone', () => {
	const operations = description.properties.filter(({ name }) => name === 'operation');
	const text = (value: string) => {
		const options = operations.flatMap(({ options = [] }) => options) as Array<{
			value: string;
			description: string;
			action: string;
		}>;
		return options.find((option) => option.value === value);
	};
	expect(text('broadcast')?.action).toContain('Ask members');
	expect(text('broadcast')?.description).toMatch(/confirm.*cannot be recalled.*msgid/);
	expect(text('send')?.description).toMatch(/confirm.*cannot be recalled.*msgid/);
	expect(text('cancel')?.description).toMatch(/cannot be resumed.*not recalled/);
	expect(text('remind')?.description).toMatch(/3 times in 24 hours/);
	expect(text('getTaskStatus')?.description).toMatch(/Only reads/);
});
