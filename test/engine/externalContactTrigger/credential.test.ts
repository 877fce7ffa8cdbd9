import { useScenario } from '../../harness/scenario';
import { useTrigger } from '../../harness/triggerScenario';

const trigger = useTrigger(useScenario());

const test = async (data: Parameters<typeof trigger.callbackCredential>[0] = {}) =>
	await trigger.engine.testCredential(trigger.callbackCredential(data));

it('has a test of its form', async () => {
	expect(await test()).toEqual({
		status: 'OK',
		message: 'The form is right. WeCom checks the values when you press Save there.',
	});
});

it.each([
	[{ corpId: '' }, "'Corp ID' is empty"],
	[
		{ corpId: '茶叶公司' },
		"'Corp ID' must have letters and digits only, such as ww0123456789abcdef",
	],
	[{ token: 'a-b' }, "'Token' must have 1 to 32 letters and digits"],
	[{ encodingAesKeySecret: 'k'.repeat(44) }, "'EncodingAESKey' must have 43 letters and digits"],
])('says which value is malformed: %j', async (data, message) => {
	expect(await test(data)).toEqual({ status: 'Error', message });
});
