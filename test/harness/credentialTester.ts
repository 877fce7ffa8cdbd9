import './environment';
import { CredentialTestContext, ExecuteContext, RoutingNode } from 'n8n-core';
import type {
	ICredentialsDecrypted,
	ICredentialTestFunction,
	ICredentialTestRequest,
	ICredentialTestRequestData,
	IDataObject,
	INode,
	INodeCredentialTestResult,
	INodeExecutionData,
	INodeType,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { createEmptyRunExecutionData, Workflow } from 'n8n-workflow';

import { CredentialsHelper } from './credentials';
import type { CredentialStore, CredentialTypes } from './credentialStore';
import { NO_OP_TYPE, type NodeTypes } from './nodeTypes';

export interface CredentialTestOptions {
	/**
	 * Ask for a new token even if one is stored. n8n means to do so, but compares the node type
	 * with `n8n-nodes-base.noOp` while its tester says `noOp` (n8n 2.41), so it does not.
	 */
	newToken?: boolean;
}

interface Surroundings {
	additionalData: IWorkflowExecuteAdditionalData;
	credentialTypes: CredentialTypes;
	nodeTypes: NodeTypes;
	store: CredentialStore;
}

/** Tests a saved credential as n8n does (packages/cli/src/services/credentials-tester.service.ts). */
export async function testCredential(
	surroundings: Surroundings,
	options: CredentialTestOptions = {},
): Promise<INodeCredentialTestResult> {
	const test = findTest(surroundings);
	if (!test) return failed('No testing function found for this credential.');

	let credential: ICredentialsDecrypted;
	try {
		credential = await decrypt(surroundings);
	} catch (error) {
		return failed((error as Error).message);
	}
	if (typeof test === 'function') {
		return await test.call(new CredentialTestContext(surroundings.additionalData), credential);
	}

	const { rules = [] } = test.testRequest;
	try {
		const answer = await request(surroundings, test, credential, options);
		for (const rule of rules) {
			if (rule.type !== 'responseSuccessBody') continue;
			const { key, message, value } = rule.properties;
			if (valueAt(answer, key) === value) return failed(message);
		}
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		return failed(explain(error as RequestError, rules));
	}
}

function findTest({
	credentialTypes,
	nodeTypes,
	store,
}: Surroundings): ICredentialTestFunction | ICredentialTestRequestData | undefined {
	const { test } = credentialTypes.getByName(store.type);
	if (test) return { testRequest: test };

	for (const nodeType of nodeTypes.all()) {
		for (const { name, testedBy } of nodeType.description.credentials ?? []) {
			if (name !== store.type || !testedBy) continue;
			if (typeof testedBy === 'string') return nodeType.methods?.credentialTest?.[testedBy];
			return { nodeType, testRequest: testedBy };
		}
	}
	return undefined;
}

async function decrypt({
	additionalData,
	credentialTypes,
	store,
}: Surroundings): Promise<ICredentialsDecrypted> {
	const { id, name, type } = store;
	const helper = new CredentialsHelper(credentialTypes, [store]);
	const data = await helper.getDecrypted(additionalData, { id, name }, type, 'internal');
	return { id, name, type, data };
}

/** Sends the test request through a one-property declarative node, as n8n's tester does. */
async function request(
	{ additionalData, nodeTypes, store }: Surroundings,
	test: ICredentialTestRequestData,
	credential: ICredentialsDecrypted,
	{ newToken }: CredentialTestOptions,
): Promise<IDataObject> {
	const { description } = test.nodeType ?? nodeTypes.getByNameAndVersion(NO_OP_TYPE);
	const nodeType: INodeType = {
		description: {
			...description,
			credentials: [{ name: store.type, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					routing: { request: test.testRequest.request },
					default: '',
				},
			],
		},
	};
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: newToken ? NO_OP_TYPE : description.name,
		typeVersion: [description.version].flat().at(-1) ?? 1,
		position: [0, 0],
		parameters: {},
		credentials: { [store.type]: { id: store.id, name: store.name } },
	};
	const onlyThisNode: INodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: onlyThisNode,
	});
	const connectionInputData: INodeExecutionData[] = [];
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		createEmptyRunExecutionData(),
		0,
		connectionInputData,
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	const response = await new RoutingNode(context, nodeType, credential).runNode();
	return response?.[0]?.[0]?.json ?? {};
}

interface RequestError extends Error {
	cause?: { code?: string; response?: { status: number; statusText?: string } };
}

function explain(
	{ cause, message }: RequestError,
	rules: NonNullable<ICredentialTestRequest['rules']>,
): string {
	if (cause?.response) {
		const { status, statusText } = cause.response;
		for (const rule of rules) {
			if (rule.type === 'responseCode' && rule.properties.value === status) {
				return rule.properties.message;
			}
		}
		if (status < 199 || status > 299) return statusText || `Received HTTP status code: ${status}`;
	} else if (cause?.code) {
		return cause.code;
	}
	return message;
}

function valueAt(answer: IDataObject, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, key) => (value as IDataObject | undefined)?.[key], answer);
}

function failed(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}
