import { customerServiceEndpoints } from '../../../shared/client/customerService/endpoints';
import { dailyStatistics } from '../../../shared/client/customerService/statistics';
import { read } from '../../../shared/fields/field';
import { optionsField, requestTimeoutOption } from '../../../shared/fields/options';
import { serviceAccountField } from '../../../shared/fields/serviceAccount';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { dayRow, fromOption, readDays, toOption } from './days';

/** What happened at an account, by day. Doc 95489. */
export const accountStatistics: Operation = {
	name: 'Account',
	value: 'account',
	action: 'Get the statistics of a customer service account',
	description:
		'Get sessions, customers and messages of an account by day. Days without data are missing.',
	fields: [serviceAccountField, optionsField([fromOption, requestTimeoutOption, toOption])],
	execute: perItem(async function* (item, { client, timezone }) {
		const of = { open_kfid: read(item, serviceAccountField) };
		const days = readDays(item, client, timezone);
		const statistics = dailyStatistics(client, customerServiceEndpoints.accountStatistic, of, days);
		for await (const day of statistics) yield dayRow(of, day);
	}),
};
