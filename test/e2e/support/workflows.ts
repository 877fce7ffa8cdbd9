/* eslint-disable @n8n/community-nodes/no-restricted-imports --
   rules for shipped code; this reads the example workflows */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import type { Credential } from './editor';
import { NODE_TYPE } from './n8n';

export interface WorkflowNode {
	readonly name: string;
	readonly type: string;
	readonly typeVersion: number;
	readonly parameters: IDataObject;
	readonly credentials?: Record<string, { id: string; name: string }>;
	readonly id?: string;
	readonly position?: readonly [number, number];
	readonly [setting: string]: unknown;
}

export interface WorkflowDefinition {
	readonly name: string;
	readonly nodes: readonly WorkflowNode[];
	readonly connections: IDataObject;
	readonly settings?: IDataObject;
	/** Output that nodes have without running, by their names. */
	readonly pinData?: IDataObject;
}

export const MANUAL_TRIGGER: WorkflowNode = {
	name: 'Start',
	type: 'n8n-nodes-base.manualTrigger',
	typeVersion: 1,
	parameters: {},
};

/** Our node with the settings of its Settings tab, such as `retryOnFail`. */
export function wecom(
	name: string,
	credential: Credential,
	parameters: IDataObject,
	settings: IDataObject = {},
): WorkflowNode {
	return {
		name,
		type: NODE_TYPE,
		typeVersion: 1,
		parameters,
		credentials: reference(credential),
		...settings,
	};
}

export function reference(credential: Credential): WorkflowNode['credentials'] {
	return { [credential.type]: { id: credential.id, name: credential.name } };
}

/** Nodes one after the other. */
export function chain(
	name: string,
	nodes: readonly WorkflowNode[],
	more: IDataObject = {},
): WorkflowDefinition {
	const connections: IDataObject = { ...more };
	nodes.slice(0, -1).forEach((node, index) => {
		const next = nodes[index + 1]?.name;
		connections[node.name] = { main: [[{ node: next, type: 'main', index: 0 }]] };
	});
	return {
		name,
		nodes: nodes.map((node, index) => ({
			id: randomUUID(),
			position: [index * 220, 0] as const,
			...node,
		})),
		connections,
		settings: { executionOrder: 'v1' },
	};
}

/** An importable workflow of ours, with a credential chosen as a user does after the import. */
export function example(file: string, credential: Credential): WorkflowDefinition {
	// npm starts every script in the root of the package.
	const path = join('examples', file);
	const definition = JSON.parse(readFileSync(path, 'utf8')) as WorkflowDefinition;
	return {
		...definition,
		nodes: definition.nodes.map((node) =>
			node.type.startsWith(NODE_TYPE) ? { ...node, credentials: reference(credential) } : node,
		),
	};
}

/** The value of a resource locator filled in by ID. */
export function byId(value: string): IDataObject {
	return { __rl: true, mode: 'id', value };
}
