import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { CallbackError } from '../client/callbacks/errors';
import { MAX_BODY_BYTES } from '../client/callbacks/limits';
import type { CallbackMessage } from '../client/callbacks/message';
import { openEchostr, openMessage } from '../client/callbacks/message';
import type { CallbackSecrets } from '../client/callbacks/secrets';
import { problemOf } from '../client/callbacks/secrets';
import { SeenMessages } from '../client/callbacks/seenMessages';
import { clock } from './clock';
import { toNodeError } from './errors';

const CALLBACK_CREDENTIAL = 'weComCallbackApi';

const VERIFICATION = 'setup';

/**
 * The two entries of a trigger: WeCom verifies a URL by GET and delivers messages to the same one by POST. The panel
 * shows them as one. n8n answers a message: version 2 does so after it has stored the execution, so none is lost.
 */
export const callbackWebhooks: IWebhookDescription[] = [
	{
		name: VERIFICATION,
		httpMethod: 'GET',
		responseMode: 'onReceived',
		path: 'webhook',
		ndvHideUrl: true,
	},
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		responseData: 'noData',
		path: 'webhook',
		ndvHideMethod: true,
	},
];

/** The URL is entered by hand in WeCom's admin console: there is nothing to register. */
const nothingToDo = async () => await Promise.resolve(true);

export const callbackWebhookMethods = {
	default: { checkExists: nothingToDo, create: nothingToDo, delete: nothingToDo },
};

/** What a trigger makes of its fields while it takes a message. */
export interface TriggerInput {
	/** The value of a field, with expressions resolved. */
	parameter(name: string): unknown;
	/** Time zone of the workflow, such as `Asia/Shanghai`. */
	readonly timezone: string;
}

type Taken = IDataObject | readonly IDataObject[] | undefined;

/** The items that a message starts the workflow with; undefined, or none, if nobody asked for it. */
export type TakeMessage = (message: CallbackMessage, input: TriggerInput) => Taken | Promise<Taken>;

/** n8n answers HTTP 200 with nothing and starts no workflow. */
const NOTHING: IWebhookResponseData = { webhookResponse: '' };
/** We have answered. */
const ANSWERED: IWebhookResponseData = { noWebhookResponse: true };

/** What arrived in this process. */
const seenMessages = new SeenMessages();

/**
 * Serves the URL of a trigger. Anybody can send requests to it: one that isn't WeCom's gets a status and nothing else,
 * leaves a line in n8n's log, and makes no execution.
 */
export async function receiveCallback(
	context: IWebhookFunctions,
	take: TakeMessage,
): Promise<IWebhookResponseData> {
	let message: CallbackMessage;
	try {
		const credential = await callbackCredential(context);
		if (!credential) throw new CallbackError(500, 'The credential cannot be read');
		const secrets = secretsOf(credential);
		if (context.getWebhookName() === VERIFICATION) {
			const text = openEchostr(secrets, context.getQueryData() as IDataObject);
			const response = context.getResponseObject();
			response.status(200).set('Content-Type', 'text/plain; charset=utf-8').end(text);
			return ANSWERED;
		}
		const body = await bodyOf(context);
		message = openMessage(secrets, { query: context.getQueryData() as IDataObject, body });
	} catch (error) {
		return refuse(context, error);
	}
	return await startWith(context, message, await itemsOf(context, message, take));
}

/** @throws NodeApiError or NodeOperationError, which n8n shows as a failed execution: the message is WeCom's. */
async function itemsOf(
	context: IWebhookFunctions,
	message: CallbackMessage,
	take: TakeMessage,
): Promise<INodeExecutionData[]> {
	try {
		const taken = await take(message, {
			parameter: (name) => context.getNodeParameter(name),
			timezone: context.getTimezone(),
		});
		return (taken === undefined ? [] : [taken].flat()).map((json) => ({ json }));
	} catch (error) {
		throw toNodeError(context.getNode(), error, { itemIndex: undefined });
	}
}

async function startWith(
	context: IWebhookFunctions,
	message: CallbackMessage,
	items: INodeExecutionData[],
): Promise<IWebhookResponseData> {
	if (items.length === 0) return NOTHING;
	const workflowData = [items];
	// Whoever listens for a test event may have it sent again as often as they like.
	if (context.getMode() === 'manual') return { workflowData };
	const key = JSON.stringify([context.getWorkflow().id, context.getNode().id, message.dedupeKey]);
	const claim = await seenMessages.claim(key, clock.now());
	if (!claim) return NOTHING;
	onAnswer(context.getResponseObject(), (status) => claim.settle(status === 200));
	return { workflowData };
}

type Response = ReturnType<IWebhookFunctions['getResponseObject']>;

/**
 * Tells with which status n8n answers. No event does: `close` also comes when WeCom hangs up after five seconds while
 * n8n is still at work, and `finish` does not come after that.
 */
function onAnswer(response: Response, tell: (status: number) => void): void {
	const end = response.end.bind(response) as (...given: unknown[]) => Response;
	response.end = (...given: unknown[]) => {
		tell(response.statusCode);
		return end(...given);
	};
}

/** Undefined for a credential that is missing or cannot be decrypted. */
async function callbackCredential(context: IWebhookFunctions): Promise<object | undefined> {
	try {
		return await context.getCredentials(CALLBACK_CREDENTIAL);
	} catch {
		return undefined;
	}
}

function secretsOf(credential: object): CallbackSecrets {
	const values = credential as ICredentialDataDecryptedObject;
	const trimmed = (name: string) => String(values[name] ?? '').trim();
	return {
		token: trimmed('token'),
		encodingAesKey: trimmed('encodingAesKeySecret'),
		receiveId: trimmed('corpId'),
	};
}

/** n8n's request has the bytes that arrived, or can read them. */
interface RawRequest {
	rawBody?: Buffer;
	readRawBody?: () => Promise<void>;
}

/** The bytes: how n8n parses them depends on the content type, and it changes names and spaces. */
async function bodyOf(context: IWebhookFunctions): Promise<Buffer> {
	const { 'content-length': length, 'content-type': type } = context.getHeaderData();
	if (Number(length ?? 0) > MAX_BODY_BYTES)
		throw new CallbackError(413, 'The request is too large');
	// n8n has consumed a form and keeps no bytes of it.
	if (/^\s*multipart\//i.test(String(type ?? ''))) throw noBody();
	const request = context.getRequestObject() as unknown as RawRequest;
	if (!request.rawBody) await request.readRawBody?.();
	if (!request.rawBody?.length) throw noBody();
	return request.rawBody;
}

function noBody(): CallbackError {
	return new CallbackError(400, 'The request is not a WeCom callback');
}

/** Errors that we don't know are not repeated in the log: they may quote the request or a secret. */
function refuse(context: IWebhookFunctions, error: unknown): IWebhookResponseData {
	const { status, message } =
		error instanceof CallbackError ? error : { status: 500, message: 'It cannot be read' };
	context.logger.warn(
		`${context.getNode().name} refused a request with HTTP ${status}. ${message}.`,
	);
	context.getResponseObject().status(status).end();
	return ANSWERED;
}

/** n8n's test of the credential: of its form, since WeCom offers no way to ask. */
export async function testCallbackCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted<object>,
): Promise<INodeCredentialTestResult> {
	const problem = problemOf(secretsOf(data));
	return problem === undefined
		? {
				status: 'OK',
				message: 'The form is right. WeCom checks the values when you press Save there.',
			}
		: { status: 'Error', message: problem };
}
