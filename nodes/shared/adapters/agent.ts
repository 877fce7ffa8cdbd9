import type { IExecuteFunctions } from 'n8n-workflow';

/** n8n returns true from `isToolExecution` for only one of the two ways in which agents call a node. */
export function isCalledByAgent(context: IExecuteFunctions): boolean {
	const node = context.getNode();
	return (
		context.isToolExecution?.() === true ||
		node.type.endsWith('Tool') ||
		node.rewireOutputLogTo === 'ai_tool'
	);
}

/** `$fromAI` in any spelling that n8n accepts. */
const FROM_MODEL = /\bfromAI\b/i;
/** In the tool of an AI agent these have what the model passed. */
const CALL_OF_MODEL = /\$(json|input|tool|data|binary|thisItem|parameter|rawParameter|jmespath)\b/i;

/** Whether a model chooses the value of a field. */
export function isLeftToModel(context: IExecuteFunctions, name: string, index: number): boolean {
	const raw = context.getNodeParameter(name, index, '', { rawExpressions: true });
	const text = JSON.stringify(raw) ?? '';
	return FROM_MODEL.test(text) || (isCalledByAgent(context) && CALL_OF_MODEL.test(text));
}

/** What stands in a field, or in the chosen mode of a resource locator, with its expression. */
export function filledIn(context: IExecuteFunctions, name: string): string | undefined {
	const parameter = context.getNode().parameters[name];
	const value =
		typeof parameter === 'object' && parameter !== null && 'value' in parameter
			? parameter.value
			: parameter;
	return typeof value === 'string' ? value : undefined;
}
