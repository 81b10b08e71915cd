"""Every write of surveys: a file for those who build, one for those who answer, one for each further room."""
