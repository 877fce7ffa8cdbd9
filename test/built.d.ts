/** The built package, as n8n loads it. */
declare module '*/index.js' {
	export const WeComCustomerService: new () => import('n8n-workflow').INodeType;
	export const WeComExternalContact: new () => import('n8n-workflow').INodeType;
	export const WeComExternalContactTrigger: new () => import('n8n-workflow').INodeType;
	export const WeComCallbackApi: new () => import('n8n-workflow').ICredentialType;
	export const WeComExternalContactApi: new () => import('n8n-workflow').ICredentialType;
}
