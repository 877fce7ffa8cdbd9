import { NodeApiError } from 'n8n-workflow';

import { errorCodes } from '../../../nodes/shared/client/errorCodes';

it.each(Object.entries(errorCodes))(
	'%s reaches the user in our words: n8n does not take it for a system error',
	(_, { meaning, remedy }) => {
		const node = {
			id: '1',
			name: 'n',
			type: 't',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		};
		const error = new NodeApiError(node as never, {}, { message: meaning, description: remedy });
		expect(error.message).toBe(meaning);
		expect(error.description).toBe(remedy);
		expect(meaning).not.toMatch(/[.]$/);
		expect(remedy).toMatch(/[.]$/);
	},
);
