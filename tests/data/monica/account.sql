# ************************************************************
# Owner Person dump of data
# Export date: 2020-01-02 03:04:05
# ************************************************************

SET FOREIGN_KEY_CHECKS=0;

INSERT IGNORE INTO accounts (`id`,`api_key`) VALUES
 (1,'k');
INSERT IGNORE INTO contacts (`id`,`account_id`,`first_name`,`middle_name`,`last_name`,`nickname`,`gender_id`,`description`,`uuid`,`is_starred`,`is_partial`,`is_active`,`is_dead`,`birthday_special_date_id`,`first_met_where`,`job`,`company`,`updated_at`) VALUES
 (1,1,'Ada',NULL,'O\'Wong (sea, sky); \"x\"',NULL,1,'one
two \\ INSERT INTO contacts','c-ada',1,0,1,0,5,NULL,'Captain','Globex','2024-02-03 04:05:06'),
 (2,1,'Ben',NULL,NULL,NULL,NULL,NULL,NULL,0,0,1,0,NULL,NULL,NULL,NULL,NULL),
 (3,1,'Kit',NULL,NULL,NULL,NULL,NULL,'c-kid',0,1,1,0,NULL,NULL,NULL,NULL,NULL);
INSERT IGNORE INTO addresses (`id`,`account_id`,`place_id`,`contact_id`,`name`) VALUES
 (1,1,9,1,'home');
INSERT IGNORE INTO calls (`id`,`account_id`,`contact_id`,`content`) VALUES
 (1,1,1,'hi'),
 (2,1,2,'ho');
INSERT IGNORE INTO contact_field_types (`id`,`name`,`protocol`,`type`) VALUES
 (1,'Email','mailto:','email'),
 (2,'Phone','tel:','phone');
INSERT IGNORE INTO contact_fields (`id`,`account_id`,`contact_id`,`contact_field_type_id`,`data`) VALUES
 (1,1,1,1,'ada@wong.example'),
 (2,1,1,2,+41791234567),
 (3,1,2,2,0791234568);
INSERT IGNORE INTO contact_tag (`contact_id`,`tag_id`,`account_id`) VALUES
 (1,4,1);
INSERT IGNORE INTO genders (`id`,`name`,`type`) VALUES
 (1,'Woman','F');
INSERT IGNORE INTO notes (`id`,`contact_id`,`body`) VALUES
 (1,1,'INSERT IGNORE INTO contacts (`id`,`first_name`) VALUES (9,\'Mallory\');
INSERT IGNORE INTO contacts (`id`,`first_name`) VALUES (10,\'Trudy\');');
INSERT IGNORE INTO places (`id`,`street`,`city`) VALUES
 (9,'Main Road 1','Bern');
INSERT IGNORE INTO relationship_types (`id`,`name`) VALUES
 (7,'child');
INSERT IGNORE INTO relationships (`id`,`relationship_type_id`,`contact_is`,`of_contact`) VALUES
 (1,7,1,3);
INSERT IGNORE INTO special_dates (`id`,`is_age_based`,`is_year_unknown`,`date`) VALUES
 (5,0,1,'2019-12-10');
INSERT IGNORE INTO tags (`id`,`name`) VALUES
 (4,'crew');
SET FOREIGN_KEY_CHECKS=1;
