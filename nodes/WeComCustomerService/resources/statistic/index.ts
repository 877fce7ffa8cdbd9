import type { Resource } from '../../../shared/operation/operation';
import { accountStatistics } from './account.operation';
import { servicerStatistics } from './servicer.operation';

export const statistic: Resource = {
	name: 'Statistic',
	value: 'statistic',
	operations: [accountStatistics, servicerStatistics],
	defaultOperation: accountStatistics,
};
