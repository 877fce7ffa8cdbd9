import { customerServiceEndpoints } from '../../../shared/client/customerService/endpoints';
import { dailyStatistics } from '../../../shared/client/customerService/statistics';
import { read } from '../../../shared/fields/field';
import { servicerField } from '../../../shared/fields/servicer';
import { optionsField, requestTimeoutOption } from '../../../shared/fields/options';
import { serviceAccountField } from '../../../shared/fields/serviceAccount';
import type { Operation } from '../../../shared/operation/operation';
import { perItem } from '../../../shared/operation/operation';
import { dayRow, fromOption, readDays, toOption } from './days';

/** What one servicer did, by day. Doc 95490. */
export const servicerStatistics: Operation = {
	name: 'Servicer',
	value: 'servicer',
	action: 'Get the statistics of a servicer',
	description:
		'Get sessions, reply rate and satisfaction of a servicer by day. Days without data are missing.',
	fields: [
		serviceAccountField,
		servicerField,
		optionsField([fromOption, requestTimeoutOption, toOption]),
	],
	execute: perItem(async function* (item, { client, timezone }) {
		const of = {
			open_kfid: read(item, serviceAccountField),
			servicer_userid: read(item, servicerField),
		};
		const days = readDays(item, client, timezone);
		const statistics = dailyStatistics(
			client,
			customerServiceEndpoints.servicerStatistic,
			of,
			days,
		);
		for await (const day of statistics) yield dayRow(of, day);
	}),
};
