import { WeComInputError } from '../../../shared/client/core/errors';
import { customerServiceEndpoints } from '../../../shared/client/customerService/endpoints';
import { MAX_SCENE, MAX_SCENE_PARAM_BYTES } from '../../../shared/client/customerService/limits';
import type { Field } from '../../../shared/fields/field';
import { labelOf, optional, read, readOption } from '../../../shared/fields/field';
import { textField } from '../../../shared/fields/kinds';
import { optionsField, requestTimeoutOption } from '../../../shared/fields/options';
import { serviceAccountField } from '../../../shared/fields/serviceAccount';
import { checkBytes } from '../../../shared/fields/textLimits';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';

const sceneText = textField({
	displayName: 'Scene',
	name: 'scene',
	maxCharacters: MAX_SCENE,
	placeholder: 'e.g. site_home',
	description:
		'Where the link will stand. The trigger gives it back when a customer enters through the link. Up to 32 letters, digits, _ and -.',
});

const sceneOption = optional({
	...sceneText,
	parse(value, label) {
		const scene = sceneText.parse(value, label);
		if (/^[\w-]*$/.test(scene)) return scene;
		throw new WeComInputError(
			`${label} may only have letters, digits, _ and -`,
			'Use a short mark such as site_home.',
		);
	},
} satisfies Field<string>);

const sceneParameterOption = optional(
	textField({
		displayName: 'Scene Parameter',
		name: 'sceneParam',
		placeholder: 'e.g. order=17',
		description:
			'More about the visit, such as the page. The trigger gives it back too. Up to 128 bytes once it is URL-encoded; it needs a scene.',
	}),
);

/** A link that opens the chat with an account. Doc 94665. */
export const getLink: Operation = {
	name: 'Get Link',
	value: 'getLink',
	action: 'Get the link of a customer service account',
	description: 'Get a link that opens the chat with the account in WeChat',
	fields: [
		serviceAccountField,
		optionsField([requestTimeoutOption, sceneOption, sceneParameterOption]),
	],
	execute: perItem(async function* (item, { client }) {
		const open_kfid = read(item, serviceAccountField);
		const scene = readOption(item, sceneOption) ?? '';
		const parameter = encodeURIComponent(readOption(item, sceneParameterOption) ?? '');
		checkBytes(parameter, labelOf(sceneParameterOption), MAX_SCENE_PARAM_BYTES);
		if (parameter !== '' && scene === '') {
			throw new WeComInputError(
				`${labelOf(sceneParameterOption)} needs ${labelOf(sceneOption)}`,
				'Add a scene: WeCom gives the parameter back only with one.',
			);
		}
		const { url } = await client.call(customerServiceEndpoints.serviceLink, {
			open_kfid,
			...(scene !== '' && { scene }),
		});
		yield {
			open_kfid,
			url: parameter === '' ? url : `${url}&scene_param=${parameter}`,
			scene: scene === '' ? null : scene,
		};
	}),
};
