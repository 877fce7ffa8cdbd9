import type { Resource } from '../../../shared/operation/operation';
import { upload } from './upload.operation';

export const media: Resource = {
	name: 'Media',
	value: 'media',
	operations: [upload],
	defaultOperation: upload,
};
