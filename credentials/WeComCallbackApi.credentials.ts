import type { ICredentialType, INodeProperties, Icon } from 'n8n-workflow';

import { API_RECEPTION, APP_MANAGEMENT } from '../nodes/shared/client/core/consoleMenus';
import { corpIdProperty } from '../nodes/shared/fields/corpId';
import { setupNotice } from '../nodes/shared/fields/notice';

/** The values of one callback URL at WeCom (doc 90930). The triggers test their form. */
export class WeComCallbackApi implements ICredentialType {
	name = 'weComCallbackApi';

	displayName = 'WeCom Callback API';

	icon: Icon = {
		light: 'file:../icons/wecom-external-contact.svg',
		dark: 'file:../icons/wecom-external-contact.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-wecom/n8n-nodes-wecom-external-contact/blob/main/docs/admin-guide.md#9-callback-url-for-the-external-contact-trigger';

	properties: INodeProperties[] = [
		setupNotice(
			`In the WeCom admin console, open ${APP_MANAGEMENT}, your app, ${API_RECEPTION}. Let WeCom generate Token and EncodingAESKey, copy both here, and leave that page open: press Save there only after you have published the workflow. n8n can test only the form of these values. WeCom checks them when you press Save there.`,
		),
		corpIdProperty,
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'1 to 32 letters and digits. WeCom generates one beside its Token field (随机获取); you may also make one up and enter it there.',
		},
		{
			displayName: 'EncodingAESKey',
			name: 'encodingAesKeySecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'43 letters and digits. Let WeCom generate it beside its EncodingAESKey field (随机获取).',
		},
	];
}
