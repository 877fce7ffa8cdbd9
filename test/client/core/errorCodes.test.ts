import { NodeApiError } from 'n8n-workflow';

import * as consoleMenus from '../../../nodes/shared/client/core/consoleMenus';
import { errorCode } from '../../../nodes/shared/client/core/errorCodes';
import { errorCodes } from '../../../nodes/shared/client/errorCodes';

const entries = Object.entries(errorCodes);

it.each(entries)(
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
	},
);

describe.each([...entries, ['an unknown code', errorCode({}, 1)] as const])(
	'the text of %s',
	(_, { meaning, remedy }) => {
		it('is a headline and then sentences', () => {
			expect(meaning).toMatch(/^[A-Z].*[^.!?:;, ]$/);
			expect(remedy).toMatch(/^[A-Z].*[^ ]\.$/);
		});

		it('is plain English', () => {
			for (const text of [meaning, remedy]) {
				expect(text).not.toMatch(/ {2}|\n|\.\./);
				expect(text).not.toMatch(/by (itself|themselves)|for ever|if this stays|sake of/i);
			}
		});

		it("names places of WeCom's console in both languages", () => {
			const named = Object.values(consoleMenus).reduce(
				(text, menu) => text.replaceAll(menu, ''),
				[meaning, remedy].join(' '),
			);
			expect(named).not.toMatch(
				/[\u4e00-\u9fff]|visible range|callable|trusted (company )?ip|my company|app management/i,
			);
		});
	},
);

it.each([
	40033, 40039, 40098, 40201, 40204, 40206, 41009, 41010, 45034, 47001, 48006, 50002, 60031, 90207,
	90208, 301002,
])('has an entry for %i', (errcode) => {
	expect(errorCodes).toHaveProperty(String(errcode));
});
