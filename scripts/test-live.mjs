// Checks the sandbox's assumptions that reads can check, on the real WeCom: npm run test:live
// With WECOM_CORP_ID and WECOM_SECRET set, and WECOM_BASE_URL for a proxy. Nothing is changed and nobody gets anything.
import { liveCases } from '../test/live/cases.ts';
import { Tenant } from '../test/live/tenant.ts';

const { WECOM_CORP_ID: corpId, WECOM_SECRET: secret, WECOM_BASE_URL: baseUrl } = process.env;
if (!corpId || !secret) {
	console.log('Set WECOM_CORP_ID and WECOM_SECRET to those of a corp to check the assumptions on.');
	process.exit(1);
}
const tenant = await Tenant.open({
	corpId,
	secret,
	baseUrl: baseUrl ?? 'https://qyapi.weixin.qq.com',
});
const rows = [];
for (const { id, assumes, check } of liveCases) {
	const { outcome, seen, because } = await check(tenant);
	rows.push({ id, assumes, outcome, about: seen ?? because ?? '' });
}
console.table(rows);
process.exit(rows.some(({ outcome }) => outcome === 'differs') ? 1 : 0);
