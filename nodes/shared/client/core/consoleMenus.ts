/*
 * Places in WeCom's admin console, in English and, in brackets, as the Chinese console names them. Texts for users
 * name a place through these only.
 */

export const COMPANY_INFORMATION = 'My Company > Company Information (我的企业 > 企业信息)';
export const APP_MANAGEMENT = 'App Management (应用管理)';
export const TRUSTED_IPS = 'Trusted Company IPs (企业可信IP)';
export const VISIBLE_RANGE = 'Visible Range (可见范围)';
export const CUSTOMER_CONTACT_API = 'Customer Contact > API (客户联系 > API)';
export const CUSTOMER_CONTACT_SCOPE =
	'Customer Contact > Permissions > Scope (客户联系 > 权限配置 > 使用范围)';
export const CALLABLE_APPS = 'Callable Apps (可调用接口的应用)';
export const CONTACTS_SYNC = 'Contacts Sync (通讯录同步)';
export const API_RECEPTION = 'Receive Messages > Set API Reception (接收消息 > 设置API接收)';
export const CUSTOMER_SERVICE_API = 'Customer Service > API (微信客服 > API)';
