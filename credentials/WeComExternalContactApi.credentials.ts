import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
	Icon,
} from 'n8n-workflow';

import {
	NEW_TOKEN_HEADER,
	newAccessToken,
	withAccessToken,
} from '../nodes/shared/adapters/accessToken';
import {
	APP_MANAGEMENT,
	CALLABLE_APPS,
	CUSTOMER_CONTACT_API,
	TRUSTED_IPS,
	VISIBLE_RANGE,
} from '../nodes/shared/client/core/consoleMenus';
import { explain, WeComApiError } from '../nodes/shared/client/core/errors';
import { customerEndpoints } from '../nodes/shared/client/customers/endpoints';
import { corpIdProperty } from '../nodes/shared/fields/corpId';
import { inHtml, setupNotice } from '../nodes/shared/fields/notice';

/** What the read of n8n's credential test may be refused with. A code that has no rule would count as a success. */
const TEST_ERRCODES = Object.keys(customerEndpoints.members.errorCodes).map(Number);

export class WeComExternalContactApi implements ICredentialType {
	name = 'weComExternalContactApi';

	displayName = 'WeCom External Contact API';

	icon: Icon = {
		light: 'file:../icons/wecom-external-contact.svg',
		dark: 'file:../icons/wecom-external-contact.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-wecom/n8n-nodes-wecom-external-contact/blob/main/docs/admin-guide.md';

	properties: INodeProperties[] = [
		setupNotice(
			`In the WeCom admin console, set the ${VISIBLE_RANGE} of the app to the members who may send. Open ${CUSTOMER_CONTACT_API} and add the app to ${CALLABLE_APPS}. Then add the IP of this n8n server to the ${TRUSTED_IPS} of the app.`,
		),
		corpIdProperty,
		{
			displayName: 'Secret',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: inHtml(
				`Secret of a self-built app, shown in the WeCom admin console under ${APP_MANAGEMENT}. The app must be listed under ${CUSTOMER_CONTACT_API}, ${CALLABLE_APPS}. Corporations that already used the Customer Contact secret before 2023-12-01 may keep using it.`,
			),
		},
		{
			displayName: 'API Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://qyapi.weixin.qq.com',
			required: true,
			description:
				'Change it only to reach WeCom through your own proxy, for example one with a fixed IP that the app trusts',
		},
		{
			displayName: 'Allow Unencrypted Connection',
			name: 'allowUnencrypted',
			type: 'boolean',
			default: false,
			description:
				"Whether to accept an 'API Base URL' with http:// on another machine. The secret and all messages then travel unencrypted.",
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/**
	 * A read that every app with customer contact can make. It uses a fresh token: a stored one would say nothing about
	 * the secret, and n8n can only show the IP to trust when getting a token fails.
	 */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			url: customerEndpoints.members.path,
			headers: { [NEW_TOKEN_HEADER]: 'required' },
		},
		rules: TEST_ERRCODES.map((errcode) => ({
			type: 'responseSuccessBody',
			properties: { key: 'errcode', value: errcode, message: testMessage(errcode) },
		})),
	};

	/** n8n calls this when there is no token or when `authenticate` rejected it, and stores the result. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
		return { accessToken: await newAccessToken(this, credentials) };
	}

	/** Puts the token into the query. See `refreshToken` for its full life cycle. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return withAccessToken(credentials, requestOptions);
	}
}

function testMessage(errcode: number): string {
	return explain(new WeComApiError(errcode, '', customerEndpoints.members));
}
