import './environment';
import { Credentials, getAdditionalKeys } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsExpressionResolveValues,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	INodeTypes,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import {
	ICredentialsHelper,
	isExpression,
	NodeHelpers,
	UnexpectedError,
	Workflow,
} from 'n8n-workflow';

import type { CredentialStore, CredentialTypes } from './credentialStore';

const mockNode: INode = {
	id: 'mock',
	name: '',
	typeVersion: 1,
	type: 'mock',
	position: [0, 0],
	parameters: {},
};

const mockNodeType = {
	description: {
		displayName: '',
		name: 'mock',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: [],
		properties: [],
	},
};

const mockNodeTypes: INodeTypes = {
	getByName: () => mockNodeType,
	getByNameAndVersion: () => mockNodeType,
	getKnownTypes: () => ({}),
};

/**
 * Credentials as n8n's own helper handles them (packages/cli/src/credentials-helper.ts), without
 * what needs the application: sharing, overwrites, external secrets, dynamic credentials.
 */
export class CredentialsHelper extends ICredentialsHelper {
	constructor(
		private readonly types: CredentialTypes,
		private readonly stores: CredentialStore[],
	) {
		super();
	}

	override getParentTypes(name: string): string[] {
		return this.types.getParentTypes(name);
	}

	override isCredentialUsableByNode(credentialType: string, nodeType: string): boolean {
		if (!this.types.has(credentialType)) return true;
		const type = this.types.getByName(credentialType);
		return !type.restrictToSupportedNodes || (type.supportedNodes ?? []).includes(nodeType);
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		incoming: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const requestOptions = incoming as IHttpRequestOptions;
		const { authenticate } = this.types.getByName(typeName);
		if (typeof authenticate === 'function') return await authenticate(credentials, requestOptions);
		if (authenticate?.type !== 'generic') return requestOptions;

		if (!workflow || !node) {
			throw new UnexpectedError('Declarative authentication needs a workflow and a node');
		}
		const resolve = (text: string) =>
			isExpression(text)
				? workflow.expression.getSimpleParameterValue(
						node,
						text,
						'internal',
						{ $credentials: credentials },
						undefined,
						'',
					) || ''
				: text;
		requestOptions.headers ??= {};
		const target = requestOptions as unknown as Record<string, Record<string, string> | undefined>;
		for (const [part, values] of Object.entries(authenticate.properties)) {
			const partValues = (target[part] ??= {});
			for (const [key, value] of Object.entries(values as Record<string, string>)) {
				partValues[resolve(key).toString()] = resolve(value).toString();
			}
		}
		return requestOptions;
	}

	override async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const type = this.types.getByName(typeName);
		const expirable = type.properties.find(
			(property) => property.type === 'hidden' && property.typeOptions?.expirable === true,
		);
		if (!expirable || !type.preAuthentication) return undefined;

		const isCredentialTest = node.parameters.temp === '' && node.type === 'n8n-nodes-base.noOp';
		if (credentials[expirable.name] !== '' && !credentialsExpired && !isCredentialTest) {
			return undefined;
		}

		const output = (await type.preAuthentication.call(
			helpers,
			credentials,
		)) as ICredentialDataDecryptedObject;
		if (output[expirable.name] === undefined || !node.credentials) return undefined;

		const reference = referenceTo(node, typeName);
		const stored = await this.storeOf(reference, typeName).read();
		// A field that the user wrote as an expression is not replaced by the value it has today.
		const fresh = Object.entries(output).filter(
			([key]) => key === expirable.name || !isExpression(stored[key]),
		);
		await this.updateCredentials(reference, typeName, { ...stored, ...Object.fromEntries(fresh) });
		return Object.assign(credentials, output);
	}

	override async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const output = await this.types
			.getByName(typeName)
			.preAuthentication?.call(helpers, credentials);
		return output as ICredentialDataDecryptedObject | undefined;
	}

	override async getCredentials(
		reference: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentials> {
		const store = this.storeOf(reference, type);
		const credentials = new Credentials({ id: store.id, name: store.name }, type);
		await credentials.setData(await store.read());
		return credentials;
	}

	override async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		reference: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		expressionResolveValues?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = await this.storeOf(reference, type).read();
		if (raw) return stored;
		return this.applyDefaults(
			additionalData,
			stored,
			type,
			mode,
			executeData,
			expressionResolveValues,
		);
	}

	/** `applyDefaultsAndOverwrites` of n8n's helper: only known fields, with defaults, resolved. */
	applyDefaults(
		additionalData: IWorkflowExecuteAdditionalData,
		stored: ICredentialDataDecryptedObject,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		from?: ICredentialsExpressionResolveValues,
	): ICredentialDataDecryptedObject {
		const data = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			stored as INodeParameters,
			true,
			false,
			null,
			null,
		) as INodeParameters;
		if (stored.oauthTokenData !== undefined) {
			data.oauthTokenData = stored.oauthTokenData as INodeParameters;
		}

		const additionalKeys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		if (from) {
			return from.workflow.expression.getParameterValue(
				data,
				from.runExecutionData,
				from.runIndex,
				from.itemIndex,
				from.node.name,
				from.connectionInputData,
				mode,
				additionalKeys,
				executeData,
				false,
				data as ICredentialDataDecryptedObject,
			) as ICredentialDataDecryptedObject;
		}
		const workflow = new Workflow({
			nodes: [mockNode],
			connections: {},
			active: false,
			nodeTypes: mockNodeTypes,
		});
		return workflow.expression.getComplexParameterValue(
			mockNode,
			data,
			mode,
			additionalKeys,
			undefined,
			undefined,
			data as ICredentialDataDecryptedObject,
		) as ICredentialDataDecryptedObject;
	}

	override async updateCredentials(
		reference: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		const store = this.storeOf(reference, type);
		await store.read();
		await store.write(data);
	}

	override async updateCredentialsOauthTokenData(
		reference: INodeCredentialsDetails,
		type: string,
		{ oauthTokenData }: ICredentialDataDecryptedObject,
	): Promise<void> {
		const store = this.storeOf(reference, type);
		await store.write({ ...(await store.read()), oauthTokenData: oauthTokenData ?? {} });
	}

	override getCredentialsProperties(name: string): INodeProperties[] {
		const type = this.types.getByName(name);
		if (!type.extends) return type.properties;
		const combined: INodeProperties[] = [];
		for (const parent of type.extends) {
			NodeHelpers.mergeNodeProperties(combined, this.getCredentialsProperties(parent));
		}
		NodeHelpers.mergeNodeProperties(combined, type.properties);
		return combined;
	}

	private storeOf({ id, name }: INodeCredentialsDetails, type: string): CredentialStore {
		const store = this.stores.find((one) => one.id === id && one.type === type);
		if (!store) {
			throw new UnexpectedError(`Credential "${name}" with ID "${id}" of type "${type}" not found`);
		}
		return store;
	}
}

function referenceTo(node: INode, type: string): INodeCredentialsDetails {
	const reference = node.credentials?.[type];
	if (!reference) throw new UnexpectedError(`Node "${node.name}" has no credential "${type}"`);
	return reference;
}
