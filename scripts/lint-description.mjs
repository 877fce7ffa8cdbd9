// Lints a node description (JSON on standard input) as if it were written in one file: n8n's linter looks at
// literals, and ours is composed of many. Prints a line per finding.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ESLint } from 'eslint';
import { format } from 'prettier';

import { root } from './lib/run.mjs';

// Under a test runner n8n's rules take every file for a node and a trigger at once.
delete process.env.NODE_ENV;
const { config } = await import('@n8n/node-cli/eslint');

const description = readFileSync(0, 'utf8');
const source = `import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

export class WeComExternalContact implements INodeType {
	description: INodeTypeDescription = ${description.replaceAll('"main"', 'NodeConnectionTypes.Main')};
}
`;
const printed = await format(source, {
	parser: 'typescript',
	quoteProps: 'as-needed',
	singleQuote: true,
});

const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: config });
const [result] = await eslint.lintText(printed, {
	filePath: join(root, 'nodes/WeComExternalContact/WeComExternalContact.node.ts'),
});
for (const { line, ruleId, message } of result.messages) {
	const text = printed.split('\n')[line - 1]?.trim();
	console.log(`${ruleId}: ${message} | ${text}`);
}
