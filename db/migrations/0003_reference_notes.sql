ALTER TABLE `entity_group` ADD `note` text;--> statement-breakpoint
ALTER TABLE `membership` ADD `scheduled_to` text;--> statement-breakpoint
ALTER TABLE `membership` ADD `note` text;