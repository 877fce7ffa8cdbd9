import { WeComInputError } from '../../../shared/client/core/errors';
import type { ReplyContent } from '../../../shared/client/customerService/types';
import { labelOf, read } from '../../../shared/fields/field';
import { numberField, textField } from '../../../shared/fields/kinds';
import type { ItemInput } from '../../../shared/operation/operation';

const placeName = textField({
	displayName: 'Place Name',
	name: 'placeName',
	placeholder: 'e.g. Tea shop',
	description: 'Optional',
});

const placeAddress = textField({
	displayName: 'Address',
	name: 'placeAddress',
	description: 'Optional',
});

const latitudeField = numberField({
	displayName: 'Latitude',
	name: 'latitude',
	min: -90,
	max: 90,
	default: 0,
	description: 'Degrees, from -90 to 90',
});

const longitudeField = numberField({
	displayName: 'Longitude',
	name: 'longitude',
	min: -180,
	max: 180,
	default: 0,
	description: 'Degrees, from -180 to 180',
});

export const locationFields = [latitudeField, longitudeField, placeName, placeAddress];

export function readLocation(item: ItemInput): ReplyContent {
	const latitude = read(item, latitudeField);
	const longitude = read(item, longitudeField);
	if (latitude === 0 && longitude === 0) {
		throw new WeComInputError(
			`${labelOf(latitudeField)} and ${labelOf(longitudeField)} are both 0`,
			'That is a place in the ocean. Fill in where the customer should go.',
		);
	}
	const name = read(item, placeName);
	const address = read(item, placeAddress);
	return {
		msgtype: 'location',
		location: {
			...(name !== '' && { name }),
			...(address !== '' && { address }),
			latitude,
			longitude,
		},
	};
}
