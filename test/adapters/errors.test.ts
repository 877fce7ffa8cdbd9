import type { INode } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { errorItem, toNodeError } from '../../nodes/shared/adapters/errors';
import { generalErrorCodes } from '../../nodes/shared/client/core/errorCodes';
import { TokenError, WeComApiError, WeComInputError } from '../../nodes/shared/client/core/errors';
import { massMessageEndpoints } from '../../nodes/shared/client/massMessages/endpoints';

const node: INode = {
	id: '1',
	name: 'WeCom',
	type: 'wecom',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};
const item = { itemIndex: 2 };

const refused = (errmsg = 'not external contact, hint: [17642], from ip: 203.0.113.7') =>
	new WeComApiError(84061, errmsg, massMessageEndpoints.createMassMessage);

const linesOf = (description: string | null | undefined) => (description ?? '').split('\n');

describe('a failure of ours', () => {
	it('tells in a line each what to do, about what, what WeCom says, what exists, what to read', () => {
		const error = toNodeError(node, refused(), {
			...item,
			about: 'Customer wm1 of member lin',
			done: 'Already created; do not create again: msg1',
		});
		expect(error).toMatchObject({ message: refused().message, context: { itemIndex: 2 } });
		expect(linesOf(error.description)).toEqual([
			refused().remedy,
			'Customer wm1 of member lin.',
			'WeCom: not external contact (errcode 84061, doc 92135).',
			'Already created; do not create again: msg1.',
			"WeCom's document: https://developer.work.weixin.qq.com/document/path/92135",
		]);
	});

	it('leaves out what there is nothing to say of', () => {
		const problem = new WeComApiError(40014, '', {
			path: '',
			doc: 0,
			errorCodes: generalErrorCodes,
		});
		const { description } = toNodeError(node, new TokenError(problem), item);
		expect(linesOf(description)).toEqual([problem.remedy, 'WeCom: errcode 40014.']);
		const input = new WeComInputError("'Text' is empty", 'Write something.');
		expect(toNodeError(node, input, item).description).toBe('Write something.');
	});

	it("has line breaks and links for n8n's error view", () => {
		const { context } = toNodeError(node, refused(), item);
		const { descriptionTemplate } = context as { descriptionTemplate: string };
		const url = 'https://developer.work.weixin.qq.com/document/path/92135';
		expect(descriptionTemplate.split('<br>').slice(1)).toEqual([
			'WeCom: not external contact (errcode 84061, doc 92135).',
			`WeCom's document: <a href="${url}" target="_blank">${url}</a>`,
		]);
	});

	it('shows text of others as text', () => {
		const { context, description } = toNodeError(
			node,
			refused('<b>no</b> & https://evil.example/path/1'),
			item,
		);
		expect(description).toContain('<b>no</b> & https://evil.example/path/1');
		expect(context.descriptionTemplate).toContain(
			'&lt;b&gt;no&lt;/b&gt; &amp; https://evil.example/path/1 (errcode',
		);
	});

	it("links WeCom's list of codes when the code is unknown", () => {
		const unknown = new WeComApiError(99999, '', massMessageEndpoints.createMassMessage);
		const { context, description } = toNodeError(node, unknown, item);
		expect(linesOf(description)[0]).toMatch(/document\/path\/90313\.$/);
		expect(context.descriptionTemplate).toContain('/90313</a>.<br>');
	});

	it('gives the same lines without HTML to an item under Continue On Fail', () => {
		const error = toNodeError(node, refused(), { ...item, about: 'Customer wm1 of member lin' });
		expect(errorItem(refused(), error)).toEqual({
			error: refused().message,
			details: { errcode: 84061, retryable: false, hint: error.description },
		});
		expect(error.description).not.toMatch(/<|&/);
	});
});

describe("a failure of n8n's", () => {
	it('stays as it is when there is nothing to add', () => {
		const own = new NodeOperationError(node, 'No binary field', {
			description: 'See <a href="https://docs.n8n.io">the docs</a>',
		});
		const error = toNodeError(node, own, item);
		expect(error).toBe(own);
		expect(error.description).toBe('See <a href="https://docs.n8n.io">the docs</a>');
		expect(error.context).toMatchObject({ itemIndex: 2 });
		expect(error.context).not.toHaveProperty('descriptionTemplate');
	});

	it('keeps its own HTML before the lines that are added', () => {
		const own = new NodeOperationError(node, 'No binary field', {
			description: 'See <a href="https://docs.n8n.io">the docs</a>',
			itemIndex: 1,
		});
		const error = toNodeError(node, own, { ...item, done: 'Already created: <msg1>' });
		expect(linesOf(error.description)).toEqual([
			'See <a href="https://docs.n8n.io">the docs</a>.',
			'Already created: <msg1>.',
		]);
		expect(error.context).toMatchObject({
			itemIndex: 1,
			descriptionTemplate:
				'See <a href="https://docs.n8n.io">the docs</a>.<br>Already created: &lt;msg1&gt;.',
		});
	});

	it('keeps the words of an expression that failed', () => {
		const own = Object.assign(new Error('No path back'), { description: 'Connect the node' });
		expect(toNodeError(node, own, { ...item, about: 'Task 1' })).toMatchObject({
			message: 'No path back',
			description: 'Connect the node.\nTask 1.',
			context: { itemIndex: 2 },
		});
		expect(toNodeError(node, 'nonsense', item).message).toBe('The operation failed');
	});
});
