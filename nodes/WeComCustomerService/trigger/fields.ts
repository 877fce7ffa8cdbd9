import { WeComInputError } from '../../shared/client/core/errors';
import type { ServiceMessage } from '../../shared/client/customerService/types';
import { MAX_DOWNLOAD_BYTES } from '../../shared/client/media/limits';
import type { Field } from '../../shared/fields/field';
import { optional, readParameter, readWithin, shownWhen } from '../../shared/fields/field';
import { choiceField, filled, numberField, switchField } from '../../shared/fields/kinds';
import { readIds, readNames } from '../../shared/fields/lists';
import { optionsField } from '../../shared/fields/options';
import { ANY_MESSAGE, EVERYTHING, isKind, isOfKinds, messageKinds } from './events';

const MB = 1024 * 1024;

const accountScope = choiceField({
	displayName: 'Accounts',
	name: 'accountScope',
	options: [
		{
			name: 'All',
			value: 'all',
			description: 'Every account that the app may manage, also new ones',
		},
		{ name: 'Selected Accounts', value: 'chosen' },
	],
	default: 'all',
});

const accountsField: Field<string[]> = filled(
	{
		property: {
			displayName: 'Account Names or IDs',
			name: 'accounts',
			type: 'multiOptions',
			typeOptions: { loadOptionsMethod: 'getServiceAccounts' },
			default: [],
			required: true,
			description:
				'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		},
		parse: (value, label) => readIds(value, label, 'serviceAccount'),
	},
	{ so: 'so nothing would start the workflow', remedy: 'Choose accounts, or all of them.' },
);

const eventsField: Field<string[]> = filled(
	{
		property: {
			displayName: 'Trigger On',
			name: 'events',
			type: 'multiOptions',
			options: [
				{
					name: '* (All, Including Future Events)',
					value: EVERYTHING,
					description: 'Whatever WeCom has for the accounts, also what this list does not have',
				},
				...messageKinds,
			],
			default: [ANY_MESSAGE],
			required: true,
		},
		parse(value, label) {
			const kinds = readNames(value, label);
			const wrong = kinds.find((kind) => !isKind(kind));
			if (wrong === undefined) return kinds;
			throw new WeComInputError(
				`${label} has an unknown value: ${wrong}`,
				'Choose from the list. An expression may also name another type, such as message.voice or event.enter_session.',
			);
		},
	},
	{ so: 'so nothing would start the workflow', remedy: 'Choose at least one.' },
);

const downloadField = switchField({
	displayName: 'Download Media',
	name: 'downloadMedia',
	default: true,
	description:
		'Whether to download images, voices, videos and files into the binary field data. If that fails, the item comes without, and media_error says why.',
});

const checkEveryOption = optional(
	numberField({
		displayName: 'Check at Least Every (Seconds)',
		name: 'checkEvery',
		min: 5,
		max: 3_600,
		unit: 'seconds',
		default: 30,
		description:
			'How often to look for messages whose callback was lost or went to another process of n8n',
	}),
	30,
);

const maxRunningOption = optional(
	numberField({
		displayName: 'Max Concurrent Executions',
		name: 'maxRunning',
		min: 1,
		max: 1_000,
		whole: true,
		default: 20,
		description:
			'How many executions this trigger keeps running. The other messages wait in order. One that takes more than 2 minutes no longer counts.',
	}),
	20,
);

const maxFileOption = optional(
	numberField({
		displayName: 'Max File Size (MB)',
		name: 'maxFileSize',
		min: 0.1,
		max: MAX_DOWNLOAD_BYTES / MB,
		default: 20,
		description: 'Larger files are not downloaded, and media_error says so',
	}),
	MAX_DOWNLOAD_BYTES / MB,
);

const oneAtATimeOption = optional(
	switchField({
		displayName: 'One Message of a Customer at a Time',
		name: 'oneAtATime',
		default: true,
		description:
			'Whether the next message of a customer waits until the execution for the one before has ended, at most 2 minutes. This keeps answers in order.',
	}),
	true,
);

const startWithOption = optional(
	numberField({
		displayName: 'Start With the Last (Hours)',
		name: 'startWith',
		min: 0,
		max: 72,
		unit: 'hours',
		default: 24,
		description:
			'How many hours of earlier messages to process, up to 72, when the workflow is first published. Without this option the trigger starts from now on.',
	}),
	0,
);

const options = optionsField([
	checkEveryOption,
	maxRunningOption,
	maxFileOption,
	oneAtATimeOption,
	startWithOption,
]);

/** In the order of the panel. */
export const triggerFields = [
	accountScope,
	shownWhen(accountScope, ['chosen'], accountsField),
	eventsField,
	downloadField,
	options,
];

type Parameter = (name: string) => unknown;

/** @throws WeComInputError when a field has no usable value: an empty choice never means everything */
export function readSettings(parameter: Parameter) {
	const given = readParameter(parameter, options);
	const kinds = readParameter(parameter, eventsField);
	const isAll = readParameter(parameter, accountScope) === 'all';
	return {
		accounts: isAll ? undefined : readParameter(parameter, accountsField),
		wants: (message: ServiceMessage) => isOfKinds(message, kinds),
		checkEveryMs: readWithin(given, checkEveryOption) * 1_000,
		maxRunning: readWithin(given, maxRunningOption),
		oneAtATime: readWithin(given, oneAtATimeOption),
		startBackSeconds: readWithin(given, startWithOption) * 3_600,
	};
}

/** Maximum bytes of a file; undefined where none is wanted. */
export function readMaxBytes(parameter: Parameter): number | undefined {
	if (!readParameter(parameter, downloadField)) return undefined;
	return Math.floor(readWithin(readParameter(parameter, options), maxFileOption) * MB);
}
