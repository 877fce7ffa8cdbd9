// Lints the description of a node as if it were written in one file: n8n's linter looks at literals, and our
// descriptions are composed of many. Standard input is JSON:
//   { "file": "nodes/X/X.node.ts", "className": "X", "description": { … }, "webhookMethods": { "default": ["create", …] } }
// `file` is where the node class lives: the rules compare its name, and icons are looked up from there.
// `webhookMethods`, for a trigger, names the methods that the class has.
// Prints one line per finding.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ESLint } from 'eslint';
import { format } from 'prettier';

import { root } from './lib/run.mjs';

// Under a test runner n8n's rules take every file for a node and a trigger at once.
delete process.env.NODE_ENV;
const { config } = await import('@n8n/node-cli/eslint');

const { file, className, description, webhookMethods = {} } = JSON.parse(readFileSync(0, 'utf8'));
const literal = JSON.stringify(description).replaceAll('"main"', 'NodeConnectionTypes.Main');
const printMethods = (groups) => {
	const printed = Object.entries(groups).map(([group, names]) => {
		const methods = names.map((name) => `async ${name}(): Promise<boolean> { return true; }`);
		return `${group}: { ${methods.join(', ')} }`;
	});
	return printed.length === 0 ? '' : `webhookMethods = { ${printed.join(', ')} };`;
};
const source = `import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

export class ${className} implements INodeType {
	description: INodeTypeDescription = ${literal};
${printMethods(webhookMethods)}
}
`;
const printed = await format(source, {
	parser: 'typescript',
	quoteProps: 'as-needed',
	singleQuote: true,
});

const eslint = new ESLint({ overrideConfigFile: true, overrideConfig: config });
const [result] = await eslint.lintText(printed, { filePath: join(root, file) });
for (const { line, ruleId, message } of result.messages) {
	const text = printed.split('\n')[line - 1]?.trim();
	console.log(`${ruleId}: ${message} | ${text}`);
}
